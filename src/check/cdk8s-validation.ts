import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MartyError } from '../errors';
import type { Problem } from '../errors';
import { readYaml } from '../manifests/yaml-documents';
import { catalogue } from './catalogue';
import { reviewManifests } from './check';
import type { KubernetesVersion } from './cluster-view';
import type { Finding, ObjectReference, Severity } from './finding';
import { manifestsIn } from './manifest';
import type { Manifest } from './manifest';
import type { NotRun } from './not-run';
import { rules } from './rules';
import { schemaRules } from './schema-rules';
import { targetVersionOf } from './target-version';

/** What `properties` of the validation in `cdk8s.yaml` may say. */
export interface MartyCheckProperties {
  /** The minor version of Kubernetes that the manifests are meant for. @default - what a Namespace pins for pod security, else the newest known */
  readonly kubernetes?: KubernetesVersion;
  /** Findings that are less grave do not count. @default 'info' */
  readonly severity?: Severity;
}

/** What cdk8s-cli gives to a validation, as far as it is used here. */
export interface Cdk8sValidationContext {
  /** The files that were synthesized. */
  readonly manifests: readonly string[];
  readonly logger: { log(message: string): void };
  readonly report: {
    addViolation(violation: {
      readonly ruleName: string;
      readonly recommendation: string;
      readonly fix: string;
      readonly violatingResources: readonly { readonly resourceName: string; readonly locations: readonly string[]; readonly manifestPath: string }[];
    }): void;
    submit(status: 'success' | 'failure', metadata?: Readonly<Record<string, string>>): void;
  };
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The file by which our output tells its folders; an environment is what stands above them. */
const ownershipFile = '.marty-ownership';

interface Found { readonly finding: Finding; readonly file: string }

/**
 * Holds what `cdk8s synth` wrote against the rules: name it under `validations` in `cdk8s.yaml`.
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/#validations
 */
export class MartyCheck {
  private readonly properties: MartyCheckProperties;

  constructor(properties: MartyCheckProperties = {}) {
    const { severity } = properties;
    if (severity !== undefined && !Object.hasOwn(ranks, severity)) throw new MartyError('USAGE', `validations: severity is ${JSON.stringify(severity)}, expected one of ${Object.keys(ranks).join(', ')}`);
    this.properties = properties;
  }

  /** @throws INPUT_INVALID when a file cannot be read as YAML. */
  async validate({ manifests, logger, report }: Cdk8sValidationContext): Promise<void> {
    const { severity = 'info', kubernetes } = this.properties;
    const found: Found[] = [];
    const notRun: NotRun[] = [];
    for (const set of setsOf(manifests)) {
      const objects = set.map(({ manifest }) => manifest.fields);
      const kubernetesVersion = kubernetes ?? targetVersionOf(objects);
      const review = reviewManifests(objects, { rules: [...rules, ...schemaRules], kubernetesVersion });
      const files = new Map(set.map(({ manifest, file }) => [keyOf(manifest), file]));
      found.push(...review.findings.filter((finding) => ranks[finding.severity] <= ranks[severity])
        .map((finding) => ({ finding, file: files.get(keyOf(finding.object)) ?? '' })));
      notRun.push(...review.notRun);
    }
    for (const { id, title, remedy } of catalogue) {
      const violating = found.filter(({ finding }) => finding.rule === id);
      if (violating.length === 0) continue;
      report.addViolation({ ruleName: id, recommendation: title, fix: remedy, violatingResources: violating.map(resourceOf) });
    }
    for (const reason of new Set(notRun.map((each) => `not run: ${each.rule}: ${each.reason}`))) logger.log(reason);
    report.submit(found.length > 0 ? 'failure' : 'success', { findings: String(found.length), notRun: String(notRun.length) });
    await Promise.resolve();
  }
}

interface Read { readonly manifest: Manifest; readonly file: string }

/** The objects of the files, those of each environment of our output by themselves. */
function setsOf(files: readonly string[]): readonly (readonly Read[])[] {
  const problems: Problem[] = [];
  const sets = new Map<string, Read[]>();
  for (const file of files) {
    const set = existsSync(join(dirname(file), ownershipFile)) ? dirname(dirname(file)) : '';
    const { documents, problems: broken } = readYaml(readFileSync(file, 'utf8'));
    problems.push(...broken.map(({ line, message }) => ({ path: `${file}:${line}`, message: `is no YAML: ${message}` })));
    const objects = manifestsIn(documents.map(({ value }) => value)).filter(({ group }) => group !== 'kustomize.config.k8s.io');
    sets.set(set, [...sets.get(set) ?? [], ...objects.map((manifest) => ({ manifest, file }))]);
  }
  if (problems.length > 0) throw new MartyError('INPUT_INVALID', 'what was synthesized cannot be checked:', { problems });
  return [...sets.values()];
}

function keyOf({ apiVersion, kind, namespace, name }: ObjectReference): string {
  return JSON.stringify([apiVersion, kind, namespace, name]);
}

type Resource = Parameters<Cdk8sValidationContext['report']['addViolation']>[0]['violatingResources'][number];

function resourceOf({ finding, file }: Found): Resource {
  return { resourceName: finding.object.name, locations: [finding.message], manifestPath: file };
}
