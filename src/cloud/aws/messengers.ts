import { chainOf } from '../../spec/environments';
import type { Problem } from '../../errors';
import type { Carried, Messenger } from '../../spec/messaging';
import type { MicroserviceSpec } from '../../spec/microservice';
import { senderProblems, usualTopic } from '../../spec/topics';
import { settle } from '../../spec/varying';

/** What a stack has to know of a topic. */
export interface Messages extends Carried { readonly producedElsewhere: boolean }

/** The services that send or receive anything, by name, with what it is in an environment. */
export function messengersOf(services: readonly MicroserviceSpec[], environment?: string): Messenger<Messages>[] {
  return services.filter(({ topics }) => Object.keys(topics).length > 0).map(({ name, data, topics, platform }) => {
    const chain = environment === undefined ? [] : chainOf(platform.environments, environment);
    const each = (used: Readonly<Record<string, string>>) => Object.fromEntries(Object.entries(used).map(([alias, topic]) => {
      const { cleanup, retentionMs, producedElsewhere } = { ...usualTopic, ...settle(topics[topic], chain) } as Omit<Messages, 'topic'>;
      return [alias, { topic, cleanup, retentionMs, producedElsewhere }];
    }));
    return { name, produces: each(data.produces), consumes: each(data.consumes) };
  }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The topics that services send to, each once. */
export function producedBy(messengers: readonly Messenger<Messages>[]): string[] {
  return [...new Set(messengers.flatMap(({ produces }) => Object.values(produces).map(({ topic }) => topic)))].sort();
}

/** The topics that a service receives, each once. */
export function receivedBy({ consumes }: Messenger<Messages>): Messages[] {
  const byName = new Map(Object.values(consumes).map(messages => [messages.topic, messages]));
  return [...byName.values()].sort((a, b) => (a.topic < b.topic ? -1 : 1));
}

/** What nobody says, or says twice: how long messages are kept in the environment of the stack, and who sends what. */
export function silentProblems(messengers: readonly Messenger<Messages>[]): Problem[] {
  const varying = messengers.flatMap(({ name, produces, consumes }) => ([['produces', produces], ['consumes', consumes]] as const)
    .flatMap(([direction, topics]) => Object.entries(topics).filter(([, { retentionMs }]) => retentionMs === undefined)
      .map(([alias, { topic }]) => ({ path: `${name}.${direction}.${alias}`, message: `is the topic ${topic}, whose retentionMs differs between environments; name the environment of the stack` }))));
  return [...varying, ...senderProblems(messengers)];
}
