import type { FoundJudge } from '../../judges/judge';
import { execute } from '../../runner/processes';

/** What Checkov says of one file. */
export interface Opinion {
  /** Ids and names of what a resource does not keep, in the order of addresses. */
  readonly failed: readonly { readonly id: string; readonly name: string; readonly address: string }[];
  /** The addresses that keep each id. */
  readonly passed: ReadonlyMap<string, readonly string[]>;
  /** What would make a pass mean nothing: checks that were skipped, files that were not read. */
  readonly problems: readonly string[];
}

export interface Question {
  /** `terraform_plan` for plans as JSON, `terraform_json` for stacks as cdktf writes them. */
  readonly framework: 'terraform_plan' | 'terraform_json';
  readonly files: readonly string[];
  /** The ids that are asked for. @default all */
  readonly only?: readonly string[];
}

/** Ids of which a run may end in a crash of Checkov's own, and why that is nothing of ours. */
const unable: Readonly<Record<string, string>> = {
  CKV_AWS_304: 'of a plan with too many days it goes on to take an expression apart that is not there; of the stack as written it tells them',
  CKV_GCP_24: 'it takes min_master_version apart, which is not there where the release channel decides',
};

/** Asks for several files at once; the answer tells the opinion of each. */
export async function ask({ path }: FoundJudge, { framework, files, only = [] }: Question): Promise<(file: string) => Opinion> {
  const { stdout, stderr } = await execute(path, [
    '-m', 'checkov.main', ...files.flatMap(file => ['-f', file]), ...only.length > 0 ? ['--check', only.join(',')] : [],
    '--framework', framework, '--skip-download', '--compact', '-o', 'json',
  ], { timeoutMs: 300_000, env: { ...process.env, LOG_LEVEL: 'WARNING' } });
  if (!/^[[{]/.test(stdout)) throw new Error(`checkov told nothing: ${`${stdout}\n${stderr}`.trim().slice(-2000)}`);
  const reports = [JSON.parse(stdout) as Report | Report[]].flat().filter(({ results }) => results);
  const crashes = [...stderr.matchAll(/^.*Failed to run check (\w+).*$/gm)].filter(([, id]) => !unable[id]).map(([line]) => line.trim());
  const complaints = [...stderr.matchAll(/^.*\bERROR\b.*$/gm)].map(([line]) => line.trim()).filter(line => !line.includes('Failed to run check'));
  return file => opinionOf(file, reports, [...crashes, ...complaints]);
}

interface Finding {
  readonly check_id: string;
  readonly check_name: string;
  readonly resource: string;
  readonly resource_address?: string | null;
  readonly file_abs_path: string;
}

interface Report {
  readonly results?: {
    readonly passed_checks?: readonly Finding[];
    readonly failed_checks?: readonly Finding[];
    readonly skipped_checks?: readonly Finding[];
    readonly parsing_errors?: readonly string[];
  };
}

function opinionOf(file: string, reports: readonly Report[], problems: readonly string[]): Opinion {
  const ofThis = (kind: 'passed_checks' | 'failed_checks' | 'skipped_checks') => reports.flatMap(({ results }) => results?.[kind] ?? [])
    .filter(finding => finding.file_abs_path === file);
  const passed = new Map<string, string[]>();
  for (const finding of ofThis('passed_checks')) passed.set(finding.check_id, [...passed.get(finding.check_id) ?? [], addressOf(finding)]);
  const unread = reports.flatMap(({ results }) => results?.parsing_errors ?? []).filter(path => file.endsWith(path));
  return {
    passed,
    failed: ofThis('failed_checks').map(finding => ({ id: finding.check_id, name: finding.check_name, address: addressOf(finding) }))
      .sort((a, b) => (`${a.address} ${a.id}` < `${b.address} ${b.id}` ? -1 : 1)),
    problems: [
      ...problems,
      ...ofThis('skipped_checks').map(({ check_id: id, resource }) => `${id} was skipped on ${resource}`),
      ...unread.map(path => `${path} could not be read`),
    ],
  };
}

function addressOf({ resource, resource_address: address }: Finding): string {
  return address ?? resource;
}

/** One line for each thing that is wrong. */
export function problemsOf({ failed, problems }: Opinion, when: string): string[] {
  return [...failed.map(({ id, name, address }) => `${when}: ${id} ${address}: ${name}`), ...problems.map(problem => `${when}: ${problem}`)];
}

/** How many times something was kept. */
export function keptBy({ passed }: Opinion): number {
  return [...passed.values()].reduce((sum, addresses) => sum + addresses.length, 0);
}
