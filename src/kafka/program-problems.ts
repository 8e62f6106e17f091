import { didYouMean, type Problem } from '../errors';
import { desiredOf } from './desired';
import { programNames, programsOf } from './programs';
import { workerSettingProblems } from './connect/settings';
import { sourcePeerOf } from './connect/source';
import type { KafkaCluster } from './cluster';

/** Everything that keeps the programs beside a Kafka from running. */
export function programProblems(cluster: KafkaCluster, at: string): Problem[] {
  const { spec, facts, services, environment } = cluster;
  const programs = programsOf(spec);
  if (!programs.length) return [];
  const { connect, mirror } = spec;
  const taken = new Set(programs.map(({ name }) => name));
  return [
    ...(facts.secretStore ? [] : [{
      path: `environments.${environment}.secretStore`,
      message: `is not named, but ${programs.map(({ name }) => name).join(', ')} log${programs.length === 1 ? 's' : ''} in with passwords; name the store that they are in`,
    }]),
    ...services.filter(({ name }) => taken.has(name)).map(({ name }) => ({ path: name, message: `is called like the program beside Kafka in ${environment}; choose another name` })),
    ...workerSettingProblems(cluster, at),
    ...(mirror && !sourcePeerOf(cluster, mirror) ? [{ path: `${at}.mirror.source.at`, message: 'is a host whose addresses are not named, so that no network policy can let the copying reach it; name them under cidrs' }] : []),
    // What is copied brings topics that nobody describes.
    ...(connect && !mirror ? (['reads', 'writes'] as const).flatMap(field => unknownTopics(cluster, connect[field], `${at}.connect.${field}`)) : []),
  ];
}

function unknownTopics(cluster: KafkaCluster, names: readonly string[], at: string): Problem[] {
  const known = desiredOf(cluster).topics.map(({ name }) => name).filter(name => !name.startsWith(`${programNames.connect}.`));
  return names.flatMap((name, index) => (known.includes(name) ? [] : [{
    path: `${at}.${index}`, message: `is ${name}, a topic that no service sends or receives, so that nobody makes it${didYouMean(name, known)}`,
  }]));
}
