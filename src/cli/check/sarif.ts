import { pathToFileURL } from 'node:url';
import { catalogue } from '../../check/catalogue';
import { packageVersion } from '../package';
import type { CheckFinding, CheckNotRun, CheckResult } from './result';
import { titleOf } from './title';

const levels = { error: 'error', warning: 'warning', info: 'note' } as const;

/**
 * A result as a log that code hosts show beside the lines of a change.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarifOf(result: CheckResult, cwd: string): object {
  const used = new Set([...result.findings, ...result.waived, ...result.notRun].map(({ rule }) => rule));
  const rules = catalogue.filter(({ id }) => used.has(id));
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const resultOf = (finding: CheckFinding, reason?: string) => ({
    ruleId: finding.rule,
    ruleIndex: indexOf.get(finding.rule),
    level: levels[finding.severity],
    message: { text: `${titleOf(finding.object)}: ${finding.message}. ${finding.remedy}`.trim() },
    locations: [locationOf(finding)],
    partialFingerprints: { 'martyObjectAndPath/v1': [finding.rule, titleOf(finding.object), finding.path ?? ''].join(' ') },
    ...(reason === undefined ? {} : { suppressions: [{ kind: 'inSource', justification: reason }] }),
  });
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: 'marty', semanticVersion: packageVersion(), rules: rules.map(ruleOf) } },
      originalUriBaseIds: { ROOT: { uri: `${pathToFileURL(cwd).href}/` } },
      columnKind: 'utf16CodeUnits',
      invocations: [{ executionSuccessful: true, toolExecutionNotifications: result.notRun.map(notificationOf) }],
      results: [...result.findings.map(finding => resultOf(finding)), ...result.waived.map(finding => resultOf(finding, finding.reason))],
    }],
  };
}

function ruleOf({ id, severity, title, why, remedy, upstream }: typeof catalogue[number]): object {
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: remedy },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: [...upstream] },
  };
}

/** What was not checked must not look like what is right. */
function notificationOf(notRun: CheckNotRun): object {
  return {
    level: 'warning',
    message: { text: `${titleOf(notRun.object)}: ${notRun.rule} was not run: ${notRun.reason}` },
    associatedRule: { id: notRun.rule },
    locations: [locationOf(notRun)],
  };
}

function locationOf({ file, line, object, construct }: CheckFinding | CheckNotRun): object {
  const isPath = file !== 'stdin';
  const uri = encodeURI(file.replaceAll('\\', '/')).replaceAll('#', '%23').replaceAll('?', '%3F');
  return {
    physicalLocation: { artifactLocation: { uri, ...(isPath && !file.startsWith('/') && !file.startsWith('..') ? { uriBaseId: 'ROOT' } : {}) }, region: { startLine: line } },
    logicalLocations: [{ fullyQualifiedName: construct ?? titleOf(object), kind: construct ? 'object' : 'resource' }],
  };
}
