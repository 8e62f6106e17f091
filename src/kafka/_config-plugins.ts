import type { ConfigSpan } from './_config-file';
import type { ConfigLookup } from './_config-lookup';
import type { ConfigValue } from './_config-value';
import { didYouMean } from '../errors';

type Config = Readonly<Record<string, ConfigValue>>;

/**
 * What is wrong with a key of a configuration provider, `config.providers.<provider>.class` or `.param.<name>`; no problem
 * where all is well, and `undefined` for other keys.
 *
 * @see https://cwiki.apache.org/confluence/display/KAFKA/KIP-421%3A+Automatically+resolve+external+configurations
 */
export function providerKey(key: string, config: Config): { readonly problem?: string } | undefined {
  if (!key.startsWith('config.providers.')) return undefined;
  const [, provider, rest] = /^config\.providers\.([^.]+)\.(class|param\..+)$/.exec(key) ?? [];
  if (!rest) return { problem: 'is not the key of a provider, expected config.providers.<provider>.class or .param.<name>' };
  const known = providersOf(config);
  return known.includes(provider) ? {} : { problem: `is about ${provider}, which is not in config.providers${didYouMean(provider, known)}` };
}

/** The provider that a value is taken from, `dir` of `${dir:/etc/pki:tls.key}`. */
export function providerIn(value: ConfigValue): string | undefined {
  return typeof value === 'string' ? /\$\{([^}:]*):[^}]*\}/.exec(value)?.[1] : undefined;
}

/** The providers that a configuration names. */
export function providersOf(config: Config): string[] {
  return String(config['config.providers'] ?? '').split(',').map(name => name.trim()).filter(Boolean);
}

/** Keys whose value is the beginning of keys for a class, and the key that names the class. */
const prefixes: Readonly<Record<string, string>> = {
  'remote.log.metadata.manager.impl.prefix': 'remote.log.metadata.manager.class.name',
  'remote.log.storage.manager.impl.prefix': 'remote.log.storage.manager.class.name',
};

const defaultPrefixes: Readonly<Record<string, string>> = {
  'remote.log.metadata.manager.impl.prefix': 'rlmm.config.',
  'remote.log.storage.manager.impl.prefix': 'rsm.config.',
};

/**
 * Whether Kafka hands a key on to a class, which may know it: one that has a prefix of its own, or one that is not Kafka's and is given everything.
 *
 * @see https://cwiki.apache.org/confluence/display/KAFKA/KIP-606%3A+Add+Metadata+Context+to+MetricsReporter metrics.context.
 * @see https://kafka.apache.org/43/operations/tiered-storage/ rsm.config., rlmm.config.
 */
export function isHandedOn(key: string, config: Config, lookup: ConfigLookup): boolean {
  if (key.startsWith('metrics.context.')) return true;
  for (const [prefix, named] of Object.entries(prefixes)) {
    const used = config[named] !== undefined || hasDefaultClass(named);
    if (used && key.startsWith(String(config[prefix] ?? defaultPrefixes[prefix]))) return true;
  }
  return Object.entries(config).some(([name, value]) => (
    holdsClasses(name, lookup.spanOf(nameWithoutListener(name))) && String(value).split(',').some(isForeign)));
}

/** Keys that name classes without being of Kafka's type for it. */
const classLists = new Set([
  'authorizer.class.name', 'group.consumer.assignors', 'group.share.assignors', 'group.share.persister.class.name', 'kafka.metrics.reporters',
  'metric.reporters', 'remote.log.metadata.manager.class.name', 'remote.log.storage.manager.class.name', 'replica.selector.class', 'security.providers',
]);

const hasDefaultClass = (named: string) => named === 'remote.log.metadata.manager.class.name';
const holdsClasses = (name: string, span: ConfigSpan | undefined) => span?.type === 'CLASS' || classLists.has(name);
const nameWithoutListener = (name: string) => name.replace(/^listener\.name\.[^.]+\.(?:[^.]+\.(?=sasl\.))?/, '');
const isForeign = (name: string) => name.includes('.') && !name.trim().startsWith('org.apache.kafka.');
