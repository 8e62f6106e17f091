/** What a Kafka was when it was written last, as its identity says. */
export interface KafkaState {
  /** Where it runs; undefined where nobody says it. */
  readonly namespace?: string;
  readonly clusterId: string;
  readonly version: string;
  readonly metadataVersion: string;
  readonly controllers: 'combined' | 3 | 5;
  readonly zones: readonly string[];
  /** Number of brokers, all zones together. */
  readonly brokers: number;
  readonly formed: boolean;
  /** The id of the first disk of each controller, by its number. */
  readonly directories: Readonly<Record<string, string>>;
}

/** The state that a written identity tells; undefined when it is none. */
export function stateIn(data: Readonly<Record<string, string>>, namespace?: string): KafkaState | undefined {
  const { 'cluster.id': clusterId, version, 'metadata.version': metadataVersion, controllers, zones, brokers, formed } = data;
  if (![clusterId, version, metadataVersion, controllers, brokers, formed].every(value => typeof value === 'string')) return undefined;
  const directories = Object.entries(data).filter(([key]) => key.startsWith('directory.')).map(([key, id]) => [key.slice('directory.'.length), id] as const);
  return {
    ...(namespace === undefined ? {} : { namespace }), clusterId, version, metadataVersion, formed: formed === 'true', brokers: Number(brokers),
    controllers: controllers === 'combined' ? 'combined' : Number(controllers) as 3 | 5,
    zones: (zones ?? '').split(',').filter(Boolean),
    directories: Object.fromEntries(directories),
  };
}
