import { linesOf, testPairs } from '../support/problems';
import { minimal, problemsWith } from '../support/shop';

const schedule = (fields: object) => problemsWith({ workload: { kind: 'schedule', cron: '0 3 * * *', ...fields } });
const cron = (text: unknown) => schedule({ cron: text });
const range = (field: string, got: string, allowed: string) => `workload.cron: has "${got}" as ${field}, expected ${allowed}, a range such as ${allowed.replace(' to ', '-')}, or a step such as */2`;

describe('a schedule', () => {
  testPairs(cron, [
    ['has five fields', '0 3 * * *', '0 3 * *', 'workload.cron: is "0 3 * *", expected five fields: minute, hour, day of month, month, day of week'],
    ['is a word that Kubernetes knows', '@daily', '@every 5m', 'workload.cron: is "@every 5m", expected five fields or one of @yearly, @annually, @monthly, @weekly, @daily, @midnight, @hourly'],
    ['has at most 59 minutes', '59 * * * *', '61 * * * *', range('minute', '61', '0 to 59')],
    ['has at most 23 hours', '0 23 * * *', '0 24 * * *', range('hour', '24', '0 to 23')],
    ['has no day 0', '0 0 1 * *', '0 0 0 * *', range('day of month', '0', '1 to 31')],
    ['has months by name', '0 0 1 jan-MAR *', '0 0 1 january *', range('month', 'january', '1 to 12')],
    ['has days by name', '0 0 * * mon-fri', '0 0 * * 7', range('day of week', '7', '0 to 6')],
    ['has steps of at least one', '*/15 * * * *', '*/0 * * * *', range('minute', '*/0', '0 to 59')],
    ['has ranges that go up', '10-20 * * * *', '20-10 * * * *', range('minute', '20-10', '0 to 59')],
    ['has lists', '0,30 * * * *', '0,,30 * * * *', range('minute', '', '0 to 59')],
    ['says its time zone elsewhere', '0 3 * * *', 'TZ=UTC 0 3 * * *', 'workload.cron: names a time zone, which Kubernetes refuses; say it as timeZone'],
  ]);
  testPairs(timeZone => schedule({ timeZone }), [
    ['has a time zone that exists', 'Europe/Berlin', 'Europe/Bielefeld', 'workload.timeZone: is "Europe/Bielefeld", expected a time zone such as Europe/Berlin or Etc/UTC'],
    ['has a time zone by name, not by offset', 'Etc/GMT-2', '+02:00', 'workload.timeZone: is "+02:00", expected a time zone such as Europe/Berlin or Etc/UTC'],
  ]);
  testPairs(startWithinSeconds => schedule({ startWithinSeconds }), [
    ['is given at least ten seconds to start, which is how often Kubernetes looks', 10, 9, 'workload.startWithinSeconds: is 9, expected a number of at least 10'],
  ]);
});

describe('what a kind of workload cannot have is refused', () => {
  const of = (kind: object) => (fields: unknown) => problemsWith({ workload: kind, ...(fields as object) });
  testPairs(of({ kind: 'daemon' }), [
    ['replicas of a daemon', {}, { scale: { replicas: 2 } }, 'scale: means nothing for a daemon, which runs once on every node; remove it'],
    ['a budget of a daemon', {}, { disruption: { maxUnavailable: 1 } }, 'disruption: means nothing for a daemon, which runs once on every node; remove it'],
  ]);
  testPairs(of({ kind: 'job' }), [
    ['ports of a job', {}, { ports: { http: { protocol: 'http', port: 8080 } } }, 'ports: means nothing for a job, whose pods end; remove it'],
    ['a job that is taken over', {}, { adopt: { selector: { app: 'live' } } }, 'adopt: means nothing for a job, which is a new one each time; remove it'],
    ['a sidecar of a job', {}, { sidecars: { proxy: { image: 'proxy:1.0.0' } } }, 'sidecars: means nothing for a job, whose pods end; remove it'],
    ['a job that starts again for ever', { workload: { kind: 'job', retries: 20 } }, { workload: { kind: 'job', restart: 'always' } }, 'workload.restart: is not a field that exists here'],
  ]);
  testPairs(of({ kind: 'stateful' }), [
    ['a rollout of a stateful service', {}, { rollout: { recreate: true } }, 'rollout: means nothing for a stateful service, which is rolled one replica at a time; remove it'],
  ]);
});

describe('what is mounted', () => {
  const volumes = (value: unknown) => problemsWith({ volumes: value });
  const scratch = (at: string) => ({ a: { kind: 'scratch', at } });
  testPairs(volumes, [
    ['has an absolute path', scratch('/var/cache'), scratch('var/cache'), 'volumes.a.at: is "var/cache", expected an absolute path below "/", without "//" and ":"'],
    ['is not the root', scratch('/x'), scratch('/'), 'volumes.a.at: is "/", expected an absolute path below "/", without "//" and ":"'],
    ['stays where it is', scratch('/x/y'), scratch('/x/../y'), 'volumes.a.at: is "/x/../y", expected a path without ".."'],
    ['leaves the system alone', scratch('/dev/shm'), scratch('/proc/self'), 'volumes.a.at: is "/proc/self", where the system keeps something of its own; choose another path'],
    ['hides nothing of ours', scratch('/etc/app'), scratch('/etc/marty/config'), 'volumes.a.at: is "/etc/marty/config", which hides what every service has there; choose another path'],
    ['hides nothing around ours', scratch('/etc/app'), scratch('/etc/marty'), 'volumes.a.at: is "/etc/marty", which hides what every service has there; choose another path'],
    ['is mounted once', { ...scratch('/x'), b: { kind: 'scratch', at: '/y' } }, { ...scratch('/x'), b: { kind: 'scratch', at: '/x' } }, 'volumes.b.at: is "/x", which hides the volume a; choose another path'],
    ['has a size in whole GiB', { a: { kind: 'claim', at: '/x', sizeGiB: 1, access: 'many' } }, { a: { kind: 'claim', at: '/x', sizeGiB: '1Gi', access: 'many' } }, 'volumes.a.sizeGiB: is "1Gi", expected a whole number of GiB'],
  ]);
  testPairs(files => problemsWith({ files, volumes: scratch('/x') }), [
    ['is a file or a volume', { '/y': 'text' }, { '/x': 'text' }, 'files."/x": is "/x", which hides the volume a; choose another path'],
  ]);
  testPairs(size => problemsWith({ files: { '/y': 'x'.repeat(size as number) } }).slice(0, 1), [
    ['fits into a ConfigMap', 1_048_576, 1_048_577, 'files: hold 1048577 bytes in dev, expected at most 1048576, which is what a ConfigMap holds'],
  ]);

  it('is a claim that the pods can share', () => {
    const claim = (access: string, fields: object = {}) => problemsWith({ volumes: { data: { kind: 'claim', at: '/data', sizeGiB: 1, access } }, ...fields });
    expect(claim('many')).toEqual([]);
    expect(claim('one-pod', { workload: { kind: 'stateful' } })).toEqual([]);
    expect(claim('one-pod', { scale: { replicas: 1 }, rollout: { recreate: true } })).toEqual([]);
    expect(linesOf(claim('one-pod'))).toEqual(['dev', 'production'].map(environment =>
      `volumes.data.access: is "one-pod" in ${environment}, where several pods need it; use "many", a stateful service, or one replica with rollout.recreate`));
    expect(claim('one-node', { scale: { replicas: 1 } })).toHaveLength(2);
  });
});

describe('containers beside that of the service', () => {
  testPairs(image => problemsWith({ sidecars: { proxy: { image } } }), [
    ['name their version', 'ghcr.io/acme/proxy:1.2', 'ghcr.io/acme/proxy', 'sidecars.proxy.image: names no version, expected a tag or a digest'],
    ['name one that stays', `proxy@sha256:${'0'.repeat(64)}`, 'proxy:latest', 'sidecars.proxy.image: names the tag "latest", which moves; expected one that never does'],
  ]);
  testPairs(initContainers => problemsWith({ initContainers, sidecars: { proxy: { image: 'proxy:1' } } }), [
    ['have names of their own', { wait: { image: 'wait:1' } }, { proxy: { image: 'wait:1' } }, 'initContainers.proxy: is the name of another container of the pod; choose another'],
    ['have names other than the service', { wait: { image: 'wait:1' } }, { [minimal.name]: { image: 'wait:1' } }, `initContainers.${minimal.name}: is the name of another container of the pod; choose another`],
    ['see volumes that exist', { wait: { image: 'wait:1' } }, { wait: { image: 'wait:1', volumes: ['data'] } }, 'initContainers.wait.volumes: names "data", expected volumes of the service: there is none'],
  ]);
});

describe('environment variables', () => {
  testPairs(variables => problemsWith({ variables }), [
    ['have names of variables', { LOG_LEVEL: 'info' }, { 'LOG LEVEL': 'info' }, 'variables."LOG LEVEL": is no usable name, expected the name of a variable: letters, digits and "_", not beginning with a digit'],
    ['override nothing of the ConfigMap', { MARTY_: 'x' }, { MARTY__TEAM: 'x' }, 'variables.MARTY__TEAM: would override a value of the ConfigMap that says the same for all; say it under config, or where it belongs'],
    ['hold no secret in plain sight', { API_TOKEN: { secret: 'api', key: 'token' } }, { API_TOKEN: 'abc' }, 'variables.API_TOKEN: looks like a secret in plain sight; declare it under secrets, or refer to an object that holds it'],
  ]);
});

describe('rolling, checks and permissions', () => {
  testPairs(problemsWith as (value: unknown) => ReturnType<typeof problemsWith>, [
    ['a rollout can replace a replica', { rollout: { maxSurge: 0, maxUnavailable: 1 } }, { rollout: { maxSurge: '0%', maxUnavailable: 0 } }, 'rollout.maxUnavailable: is 0, which is nothing like maxSurge, so that no replica could ever be replaced; allow one of them'],
    ['a rollout has time for a ready replica', { rollout: { minReadySeconds: 9, progressSeconds: 10 } }, { rollout: { minReadySeconds: 10, progressSeconds: 10 } }, 'rollout.progressSeconds: must be more than minReadySeconds'],
    ['checks go to a port there is', { ports: { http: { protocol: 'http', port: 8080 } }, health: { port: 'http' } }, { health: { port: 'http' } }, 'health.port: is "http", expected a port of the service: there is none'],
    ['permissions are named', { permissions: [{ resources: ['configmaps'], verbs: ['get'] }] }, { permissions: [{ resources: ['*'], verbs: ['get'] }] }, 'permissions[0].resources[0]: is "*", which allows everything; name what is needed'],
    ['permissions have verbs that exist', { permissions: [{ resources: ['pods'], verbs: ['list'] }] }, { permissions: [{ resources: ['pods'], verbs: ['lst'] }] }, 'permissions[0].verbs[0]: is "lst", expected "get" or "list" or "watch" or "create" or "update" or "patch" or "delete" or "deletecollection"'],
    ['labels are not ours', { labels: { 'acme.example/cost': 'web' } }, { labels: { team: 'web' } }, 'labels: has a label of ours, `team` or one of app.kubernetes.io/; choose another key'],
    ['what is loosened has a reason', { security: { writableRoot: { reason: 'writes its licence file' } } }, { security: { writableRoot: { reason: 'must' } } }, 'security.writableRoot.reason: is "must", expected at least 10 characters'],
  ]);
});

it('a migration leaves room for what its job adds to the name', () => {
  const named = (name: string) => problemsWith({ name, migration: { command: ['migrate'] } });
  expect(named('a'.repeat(46))).toEqual([]);
  expect(linesOf(named('a'.repeat(47)))).toEqual(['name: is 47 characters long, expected at most 46 for a service with a migration, whose job adds to it']);
});
