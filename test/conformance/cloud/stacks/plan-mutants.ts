import type { RequiredProvider } from '../provider/required';
import { loadSchema } from '../provider/schema';

/** A resource as a plan in JSON tells it. */
export interface PlannedResource {
  readonly address: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly provider_name: string;
  readonly values: Readonly<Record<string, unknown>>;
}

interface Plan {
  readonly planned_values?: { readonly root_module?: { readonly resources?: readonly PlannedResource[] } };
  readonly resource_changes?: readonly { readonly type: string }[];
  readonly configuration?: { readonly root_module?: { readonly resources?: readonly { readonly type: string }[] } };
}

/** The resources of a plan. */
export function resourcesOf(plan: string): readonly PlannedResource[] {
  return (JSON.parse(plan) as Plan).planned_values?.root_module?.resources ?? [];
}

/** A plan in which the resources of a type are nowhere. */
export function without(plan: string, type: string): string {
  const { planned_values: values, resource_changes: changes, configuration, ...rest } = JSON.parse(plan) as Plan;
  const others = <R extends { readonly type: string }>(resources: readonly R[] = []) => resources.filter(resource => resource.type !== type);
  return JSON.stringify({
    ...rest,
    planned_values: { ...values, root_module: { ...values?.root_module, resources: others(values?.root_module?.resources) } },
    resource_changes: others(changes),
    configuration: { ...configuration, root_module: { ...configuration?.root_module, resources: others(configuration?.root_module?.resources) } },
  });
}

/** Copies of a resource, of which each says one thing otherwise: left out, turned round, made small or large, opened to everybody. */
export function mutantsOf(resource: PlannedResource, providers: readonly RequiredProvider[]): PlannedResource[] {
  const provider = providers.find(({ name }) => name === providerOf(resource));
  const attributes = (provider && loadSchema(provider.name, provider.version).resource_schemas[resource.type]?.block?.attributes) ?? {};
  const unset = Object.entries(attributes).filter(([name, { type }]) => type === 'bool' && (resource.values[name] ?? null) === null);
  const values = [...variants(resource.values), ...unset.flatMap(([name]) => [true, false].map(value => ({ ...resource.values, [name]: value })))];
  return values.map((mutated, index) => {
    const name = `${resource.name}-${index}`;
    return { ...resource, name, address: `${resource.type}.${name}`, values: mutated as PlannedResource['values'] };
  });
}

function providerOf({ provider_name: name }: PlannedResource): string {
  return name.replace(/.*\//, '');
}

/** A plan that makes some resources, each by itself. */
export function planOf(resources: readonly PlannedResource[]): string {
  return JSON.stringify({
    format_version: '1.2',
    terraform_version: '1.11.4',
    planned_values: { root_module: { resources } },
    resource_changes: resources.map(({ values, ...resource }) => ({
      ...resource, change: { actions: ['create'], before: null, after: values, after_unknown: {} },
    })),
    configuration: {
      root_module: {
        resources: resources.map(resource => ({ ...resource, values: undefined, provider_config_key: providerOf(resource) })),
      },
    },
  });
}

/** Everything that a value becomes when one thing in it is changed. */
function variants(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    const members = value as unknown[];
    const changed = members.flatMap((member, index) => variants(member).map(other => members.with(index, other)));
    return [[], ...members.map((_, index) => members.toSpliced(index, 1)), ...changed];
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([key, member]) => [null, ...variants(member)].map(other => ({ ...value, [key]: other })));
  }
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'number') return [0, 1, value + 1, 1000];
  return typeof value === 'string' ? textVariants(value) : [];
}

function textVariants(value: string): unknown[] {
  if (/^[\d.]+\/\d+$/.test(value)) return ['0.0.0.0/0'];
  if (!value.startsWith('{')) return ['', 'other'];
  const document = JSON.parse(value) as { readonly Statement?: readonly object[] };
  const wider = [{ Principal: '*' }, { Principal: { AWS: '*' } }, { Action: '*' }, { Resource: '*' }, { Action: '*', Resource: '*' }, { Condition: undefined }];
  const statements = document.Statement ?? [];
  return statements.flatMap((statement, index) => wider.map(more => JSON.stringify({
    ...document, Statement: statements.with(index, { ...statement, ...more }),
  })));
}
