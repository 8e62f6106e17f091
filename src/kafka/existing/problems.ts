import { didYouMean, type Problem } from '../../errors';
import { copiesProblems, nameProblems, retentionProblems, silentProblems } from '../problems';
import { existingDesiredOf } from './desired';
import { kafkaPeersOf, type ExistingKafka } from './kafka';

/** Everything that keeps a Kafka that exists from being provisioned. */
export function existingKafkaProblems(kafka: ExistingKafka): Problem[] {
  const at = `environments.${kafka.environment}`;
  const { topics } = existingDesiredOf(kafka);
  return [
    ...silentProblems(kafka), ...copiesProblems(topics), ...retentionProblems(topics), ...nameProblems(kafka), ...principalProblems(kafka, `${at}.kafka.provision.principals`),
    ...placeProblems(kafka, at),
  ];
}

/** Names of services that there are not, and of Kafka users that another service is called like. */
function principalProblems({ spec: { principals }, services }: ExistingKafka, at: string): Problem[] {
  const users = services.filter(({ topics }) => topics).map(({ name }) => name);
  return Object.entries(principals).flatMap(([name, principal]): Problem[] => {
    if (!users.includes(name)) return [{ path: `${at}.${name}`, message: `is no service that sends or receives messages${didYouMean(name, users)}` }];
    const other = users.find(each => each === principal && each !== name && !Object.hasOwn(principals, each));
    return other === undefined ? [] : [{ path: `${at}.${name}`, message: `is ${principal}, the name of another service, so that each had the permissions of both; give it a name of its own` }];
  });
}

function placeProblems(kafka: ExistingKafka, at: string): Problem[] {
  const { facts } = kafka;
  return [
    ...(facts.secretStore ? [] : [{ path: `${at}.secretStore`, message: 'is not named, but whoever provisions Kafka logs in; name the store that the login is in' }]),
    ...(facts.secretStore?.kind === 'csi'
      ? [{ path: `${at}.secretStore`, message: 'is the CSI driver, which shows a Secret to its own pods alone; for whoever provisions Kafka use External Secrets or existing Secrets' }] : []),
    ...(kafkaPeersOf(kafka).length ? [] : [{
      path: `${at}.kafka.at`, message: `is a host whose addresses are not named, so that no network policy of "${facts.networkPolicies}" can let the provisioning reach it; name them under cidrs`,
    }]),
  ];
}
