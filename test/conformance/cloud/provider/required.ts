import type { TerraformJson } from '../../../../src/cloud/validate/stack';

/** A provider that a stack requires. */
export interface RequiredProvider {
  /** What the stack calls it. */
  readonly local: string;
  readonly namespace: string;
  /** `aws`, by which its schema is found. */
  readonly name: string;
  readonly version: string;
}

/** The providers of a stack, but for the one that is part of Terraform. */
export function requiredProviders({ terraform }: TerraformJson): RequiredProvider[] {
  const required = (terraform?.required_providers ?? {}) as Readonly<Record<string, { readonly source: string; readonly version: string }>>;
  return Object.entries(required).flatMap(([local, { source, version }]) => {
    const [name, namespace = 'hashicorp'] = source.split('/').reverse();
    return namespace === 'builtin' ? [] : [{ local, namespace, name, version }];
  });
}
