import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkManifests, rules } from '../../src/check';
import type { Finding } from '../../src/check';
import { caseNames, objectsOf } from './manifest-sets';

const tools = ['kube-linter', 'polaris', 'kube-score'] as const;
type Run = (typeof tools)[number] | 'kube-linter-all';

const verdicts = JSON.parse(
  readFileSync(join(__dirname, 'verdicts', 'verdicts.json'), 'utf8'),
) as Readonly<Record<string, Record<Run, string[]>>>;

/** Where we differ from the real linter on purpose: `<case>: <id> <Kind/name>` to the reason. */
const disagreements: Readonly<Record<string, string>> = {
  'secret-key-ref-env: kube-linter:env-value-from Deployment/api':
    'a Secret usually comes from a vault and is rightly not in the set; we ask for ConfigMaps only',
};

/** Checks of kube-linter that it runs only when asked, and that we have besides its default ones. */
const optIn = [
  'access-to-create-pods', 'access-to-secrets', 'cluster-admin-role-binding', 'dangling-horizontalpodautoscaler',
  'dangling-ingress', 'dangling-networkpolicy', 'default-service-account', 'env-value-from', 'non-isolated-pod',
  'privileged-ports', 'unsafe-proc-mount', 'use-namespace', 'wildcard-in-rules', 'writable-host-mount',
];

/** Sets with a fault that none of the three reports by default, and the rule that does. */
const unseen: Readonly<Record<string, string>> = {
  'container-no-startupprobe': 'container-startup-probe',
  'default-service-account': 'pod-default-service-account',
  'env-from-missing-configmap': 'container-missing-config-map',
  'namespace-default': 'default-namespace',
  'networkpolicy-allow-all': 'network-open-policy',
  'no-namespace': 'default-namespace',
  'pod-no-seccompprofile': 'container-seccomp-profile',
  'privileged-port': 'container-privileged-port',
  'removed-api-hpa': 'outdated-api',
  'role-create-pods': 'binding-pod-creation',
  'role-secrets': 'binding-secrets',
  'seccomp-unconfined': 'container-seccomp-profile',
  'service-bad-target-port': 'service-target-port',
};

/** Sets that differ from the hardened one without being worse, and must stay silent. */
const harmless = [
  'good', 'image-digest', 'ingress-tls', 'replicas-three-no-hpa', 'role-narrow', 'secret-key-ref-env',
  'service-load-balancer',
];

describe.each(tools)('what %s says', (tool) => {
  test.each(caseNames)('of %s is what our rules say in its name', (name) => {
    expect(agreed(name, ours(name, tool))).toEqual(agreed(name, recorded(name, tool)));
  });

  test('is covered: every check it reported has a rule', () => {
    const reported = new Set(caseNames.flatMap((name) => recorded(name, tool).map((entry) => entry.split(' ')[0])));
    const implemented = new Set<string>(rules.flatMap((rule) => rule.upstream));
    expect([...reported].filter((id) => !implemented.has(id ?? ''))).toEqual([]);
  });
});

test.each(caseNames)('the checks of kube-linter that must be asked for agree on %s', (name) => {
  const expected = recorded(name, 'kube-linter-all').filter(isOptIn);
  const got = entriesOf(checkManifests(objectsOf(name)), 'kube-linter').filter(isOptIn);
  expect(agreed(name, got)).toEqual(agreed(name, expected));
});

test.each(Object.entries(unseen))('what the linters overlook in %s is found by %s', (name, rule) => {
  expect([...new Set(checkManifests(objectsOf(name)).map((finding) => finding.rule))]).toEqual([rule]);
});

test.each(harmless)('%s draws no finding at all', (name) => {
  expect(checkManifests(objectsOf(name))).toEqual([]);
});

test('every listed disagreement is still one', () => {
  for (const line of Object.keys(disagreements)) {
    const [name = '', entry = ''] = line.split(': ');
    const got = entriesOf(checkManifests(objectsOf(name)), entry.slice(0, entry.indexOf(':')));
    const expected = [...tools, 'kube-linter-all' as const].flatMap((tool) => recorded(name, tool));
    expect([line, got.includes(entry)]).toEqual([line, !expected.includes(entry)]);
  }
});

function ours(name: string, tool: Run): readonly string[] {
  return entriesOf(checkManifests(objectsOf(name)), tool).filter((entry) => !isOptIn(entry));
}

/** `tool:check Kind/name`, without what Polaris and kube-score write in between: severity and grade. */
function recorded(name: string, tool: Run): readonly string[] {
  return (verdicts[name]?.[tool] ?? []).map((entry) => {
    const words = entry.split(' ');
    return `${tool === 'kube-linter-all' ? 'kube-linter' : tool}:${words[0]} ${words.at(-1)}`;
  }).sort();
}

function entriesOf(findings: readonly Finding[], tool: string): readonly string[] {
  const entries = findings.flatMap(({ upstream, object }) =>
    upstream.filter((id) => id.startsWith(`${tool}:`)).map((id) => `${id} ${object.kind}/${object.name}`));
  return [...new Set(entries)].sort();
}

function agreed(name: string, entries: readonly string[]): readonly string[] {
  return entries.filter((entry) => !(`${name}: ${entry}` in disagreements));
}

function isOptIn(entry: string): boolean {
  return optIn.some((check) => entry.startsWith(`kube-linter:${check} `));
}
