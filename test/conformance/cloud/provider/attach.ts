import { pretend, type Cloud } from './pretend';
import { requiredProviders, type RequiredProvider } from './required';
import { encodeSchema, loadSchema } from './schema';
import { serve, type ServedProvider } from './serve';
import type { TerraformJson } from '../../../../src/cloud/validate/stack';

/** OpenTofu reads the same variable, but completes short sources with a registry of its own. */
const registries = ['registry.terraform.io', 'registry.opentofu.org'];

/** Providers that wait for Terraform in this process. */
export interface AttachedProviders {
  /** The value of `TF_REATTACH_PROVIDERS`. */
  readonly reattach: string;
  close(): void;
}

/**
 * Serves every provider that the stacks require, each in exactly the version that they require. Terraform started with `reattach` asks these
 * instead of a binary; nothing has to be installed. It must not be waited for without letting this process work: it would wait for itself.
 *
 * @throws Error when two stacks require two versions of a provider, or one of which no schema is here.
 */
export async function attach(stacks: readonly TerraformJson[], cloud: Cloud = pretend): Promise<AttachedProviders> {
  const required = new Map<string, RequiredProvider>();
  for (const provider of stacks.flatMap(requiredProviders)) {
    const source = `${provider.namespace}/${provider.name}`;
    const { version } = required.get(source) ?? provider;
    if (version !== provider.version) {
      throw new Error(`provider ${source}: version is ${provider.version} and ${version}, expected one for all stacks that are judged together`);
    }
    required.set(source, provider);
  }
  const served: ServedProvider[] = [];
  const entries: [string, object][] = [];
  for (const [source, { name, version }] of required) {
    const schema = loadSchema(name, version);
    const provider = await serve(encodeSchema(schema, stacks), cloud(schema));
    served.push(provider);
    entries.push(...registries.map((registry): [string, object] => [`${registry}/${source}`, provider.reattach]));
  }
  return { reattach: JSON.stringify(Object.fromEntries(entries)), close: () => served.forEach(provider => provider.close()) };
}
