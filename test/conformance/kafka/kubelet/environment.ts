import type { Container, EnvironmentVariable, KeyReference } from './objects';
import type { Pod } from './pods';

/** Where values of variables come from. */
export interface Sources {
  readonly address: string;
  secret(name: string): Readonly<Record<string, Buffer>> | undefined;
  configMap(name: string): Readonly<Record<string, Buffer>> | undefined;
}

/**
 * The environment of a container, as the kubelet makes it.
 *
 * @throws Error when a variable refers to something that is not there, or that is not told here
 */
export function environmentOf(container: Pick<Container, 'env'>, pod: Pod, sources: Sources): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const variable of container.env ?? []) {
    const value = valueOf(variable, pod, sources);
    if (value !== undefined) environment[variable.name] = variable.value === undefined ? value : expanded(value, environment);
  }
  return environment;
}

/** `$(NAME)` is the variable of that name, if there is one; `$$` is a dollar sign. */
export function expanded(text: string, environment: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^()]+)\)/g, (whole, name?: string) => name === undefined ? '$' : environment[name] ?? whole);
}

function valueOf({ name, value, valueFrom }: EnvironmentVariable, pod: Pod, sources: Sources): string | undefined {
  const subject = `pod ${pod.name}: variable ${name}`;
  if (value !== undefined || valueFrom === undefined) return value ?? '';
  if (valueFrom.fieldRef) return fieldOf(valueFrom.fieldRef.fieldPath, pod, sources.address, subject);
  if (valueFrom.secretKeyRef) return keyOf(valueFrom.secretKeyRef, sources.secret(valueFrom.secretKeyRef.name), subject);
  if (valueFrom.configMapKeyRef) return keyOf(valueFrom.configMapKeyRef, sources.configMap(valueFrom.configMapKeyRef.name), subject);
  throw new Error(`${subject}: valueFrom is ${Object.keys(valueFrom).join(', ')}, expected fieldRef, secretKeyRef or configMapKeyRef`);
}

function keyOf({ name, key, optional }: KeyReference, data: Readonly<Record<string, Buffer>> | undefined, subject: string): string | undefined {
  const value = data?.[key];
  if (value === undefined && !optional) throw new Error(`${subject}: ${name} has no key ${key}, expected it to be there`);
  return value?.toString('utf8');
}

function fieldOf(path: string, pod: Pod, address: string, subject: string): string {
  const fields: Readonly<Record<string, string>> = {
    'metadata.name': pod.name,
    'metadata.namespace': pod.namespace,
    'spec.serviceAccountName': pod.spec.serviceAccountName ?? 'default',
    'status.podIP': address,
  };
  const [, map, key] = /^metadata\.(labels|annotations)\['([^']+)'\]$/.exec(path) ?? [];
  const value = map === 'labels' ? pod.labels[key] ?? '' : map === 'annotations' ? pod.annotations[key] ?? '' : fields[path];
  if (value === undefined) throw new Error(`${subject}: fieldPath is ${path}, expected ${Object.keys(fields).join(', ')}, or a label or annotation`);
  return value;
}
