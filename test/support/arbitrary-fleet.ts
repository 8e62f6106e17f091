import fc from 'fast-check';
import { awsPrefix, arbitraryDerived, arbitraryEnvironment, arbitraryLocation, type Needs, type Network } from './arbitrary-environment';
import { arbitraryCalls, arbitraryService, varyingOf, type Surroundings } from './arbitrary-service';
import { fullDice, randomDice, type Dice } from './dice';
import { withFittingKafka } from './arbitrary-kafka';
import { withRoom } from './roomy-quota';
import { factsOf, type PlatformSpec } from '../../src/spec/environments';
import { messagingProblems, type Messenger } from '../../src/spec/messaging';
import type { Description } from '../../src/spec/description';
import type { StoreKind } from '../../src/spec/stores';

/** Descriptions of any fleet that is right. */
export const arbitraryFleet: fc.Arbitrary<Description> = fc.gen().map(g => fleetOf(randomDice(g)));

/** One description that says everything that can be said. */
export const fullFleet = (): Description => fleetOf(fullDice());

/** Some descriptions, the same ones for the same seed. */
export function fleetsOf(seed: number, count: number): Description[] {
  return fc.sample(arbitraryFleet, { seed, numRuns: count });
}

function fleetOf(dice: Dice): Description {
  const network: Network = { cilium: dice.maybe() };
  const names = Array.from({ length: dice.count(1, 4) }, () => dice.label('environment', 40));
  const bases = names.map((_, index) => (index > 0 && dice.pick('extends', [true, false]) ? dice.pick('base', names.slice(0, index)) : undefined));
  const roots = names.filter((_, index) => bases[index] === undefined);
  const environments = { environments: names, roots };
  const externals = Array.from({ length: dice.count(0, 3) }, () => arbitraryExternal(dice, network));
  const offered = Array.from({ length: dice.count(0, 2) }, () => ({ name: `${dice.label('foreign', 46)}-far`, ports: arbitraryForeignPorts(dice) }));
  const topics = Array.from({ length: dice.count(0, 3) }, () => arbitraryTopic(dice, { ...environments, topics: [], targets: new Map() }));
  const around: Surroundings = { ...environments, topics: topics.map(({ name }) => name), targets: new Map() };
  // Where some container has no limit of CPU, no quota can limit it: a fleet has one of the two.
  const unlimited = dice.pick('unlimited', [false, true]);
  const described = Array.from({ length: dice.count(1, 8) }, () => arbitraryService(dice, around))
    .map(service => (unlimited ? service : limited(service)));
  const callable = [...described.filter(service => !mentionsNone(service.exposure)), ...externals, ...offered]
    .filter(({ ports }) => Object.keys(ports ?? {}).length > 0);
  const services = described.map(service => {
    const targets = new Map(callable.filter(({ name }) => name !== service.name).map(({ name, ports }) => [name, Object.keys(ports ?? {})]));
    return targets.size && dice.maybe() ? { ...service, calls: arbitraryCalls(dice, { ...around, targets }) } : service;
  });
  const needs = needsOf(services, topics);
  const written = Object.fromEntries(names.map((name, index) => {
    const base = bases[index];
    return [name, base === undefined ? arbitraryEnvironment(dice, needs, network) : arbitraryDerived(dice, base, needs, network)];
  }));
  const contracts = offered.map(each => arbitraryContract(dice, each, names, written));
  return withRoom(withFittingKafka({
    format: 'marty-msf/description/v1',
    platform: {
      name: dice.label('platform', 40),
      environments: written,
    },
    ...(topics.length || dice.maybe() ? { topics } : {}),
    ...(externals.length || dice.maybe() ? { externals } : {}),
    ...(contracts.length || dice.maybe() ? { contracts } : {}),
    services,
  }));
}

function arbitraryExternal(dice: Dice, network: Network): NonNullable<Description['externals']>[number] {
  return { name: `${dice.label('external', 46)}-ext`, at: arbitraryLocation(dice, network), ports: arbitraryForeignPorts(dice) };
}

function arbitraryForeignPorts(dice: Dice): NonNullable<Description['externals']>[number]['ports'] {
  return Object.fromEntries(Array.from({ length: dice.count(1, 2) }, () => [dice.label('external-port', 15), {
    protocol: dice.pick('external-protocol', ['http', 'grpc', 'tcp'] as const),
    port: dice.int(1, 65_535),
    ...(dice.maybe() ? { tls: dice.pick('tls', [true, false]) } : {}),
  }]));
}

type Contract = NonNullable<Description['contracts']>[number];

/** A service of another repository, in every environment. */
function arbitraryContract(dice: Dice, offered: Pick<Contract, 'name' | 'ports'>, names: readonly string[], environments: PlatformSpec['environments']): Contract {
  const servicePorts = Object.fromEntries(Object.keys(offered.ports).map(name => [name, dice.int(1, 65535)]));
  const places = names.map(name => {
    const [namespace, service] = [`far-${dice.label('far', 30)}`, dice.label('foreign-service', 50)];
    const { clusterDomain } = factsOf({ name: 'any', environments }, name);
    return [name, { namespace, service, host: `${service}.${namespace}.svc.${clusterDomain}`, labels: { 'app.kubernetes.io/instance': service }, ...(dice.maybe() ? { servicePorts } : {}) }] as const;
  });
  return { ...offered, platform: dice.label('foreign-platform', 40), service: dice.label('foreign-service', 50), environments: Object.fromEntries(places) };
}

function arbitraryTopic(dice: Dice, around: Surroundings): NonNullable<Description['topics']>[number] {
  return {
    name: `${dice.label('topic', 40)}.placed_V1`,
    key: 'id',
    ...(dice.maybe() ? { partitions: varyingOf(dice, around, () => dice.int(1, 1000)) } : {}),
    ...(dice.maybe() ? { retentionMs: varyingOf(dice, around, () => Math.max(60_000, dice.int(-1, 2 ** 40))) } : {}),
    ...(dice.maybe() ? { cleanup: dice.pick('cleanup', ['delete', 'compact', 'compact-and-delete'] as const) } : {}),
    ...(dice.maybe() ? { replication: varyingOf(dice, around, () => 1) } : {}),
    ...(dice.maybe() ? { minInsync: varyingOf(dice, around, () => 1) } : {}),
    ...(dice.maybe() ? { producedElsewhere: dice.pick('produced-elsewhere', [true, false]) } : {}),
    message: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
  };
}

function needsOf(services: Description['services'], topics: NonNullable<Description['topics']>): Needs {
  const messages = services.some(({ produces, consumes }) => produces ?? consumes);
  const users = services.filter(({ produces, consumes }) => Object.keys({ ...produces, ...consumes }).length > 0).map(({ name }) => name);
  const stores = new Map<StoreKind, string[]>();
  for (const { name, stores: declared = {} } of services) {
    for (const [alias, { kind }] of Object.entries(declared)) stores.set(kind, [...stores.get(kind) ?? [], `${name}.${alias}`]);
  }
  return {
    stores,
    kafka: messages, users, inAws: fitsAws(services, topics),
    secrets: messages || stores.size > 0 || services.some(({ secrets }) => secrets),
    keda: JSON.stringify(services).includes('"triggers"'),
    sidecars: services.some(({ sidecars }) => sidecars),
    gateway: services.some(({ exposure }) => JSON.stringify(exposure ?? '').includes('{')),
    unlimited: JSON.stringify(services).includes('"cpuLimitMillis":"none"'),
    passthrough: services.some(({ exposure }) => JSON.stringify(exposure ?? '').includes('"passthrough"')),
  };
}

/** Whether AWS can carry what services send and receive, in every environment. */
function fitsAws(services: Description['services'], topics: NonNullable<Description['topics']>): boolean {
  const plain = ({ name, cleanup = 'delete', retentionMs = 86_400_000 }: typeof topics[number]) => (
    typeof retentionMs === 'number' ? [[name, { topic: name, cleanup, retentionMs }] as const] : []);
  const known = new Map(topics.flatMap(plain));
  const used = (names: Readonly<Record<string, string>> = {}) => (
    Object.fromEntries(Object.entries(names).map(([alias, name]) => [alias, known.get(name)])));
  const messengers = services.map(({ name, produces, consumes }) => ({ name, produces: used(produces), consumes: used(consumes) }));
  return messengers.every(({ produces, consumes }) => Object.values({ ...produces, ...consumes }).every(Boolean))
    && messagingProblems(awsPrefix, messengers as Messenger[]).length === 0;
}

/** The same service with a limit of CPU, the highest one, where it has none. */
const limited = <T>(service: T): T => JSON.parse(JSON.stringify(service), (key, value: unknown) => (key === 'cpuLimitMillis' && value === 'none' ? 256_000 : value)) as T;

const mentionsNone = (exposure: unknown) => JSON.stringify(exposure ?? '').includes('"none"');
