import ts from 'typescript';
import { importManifests } from '../../../src/cli/import/import';
import { readSource } from '../../../src/cli/import/source';
import { typescriptOf } from '../../../src/cli/import/typescript';
import { diskFiles, type Io } from '../../../src/cli/io';
import { accountProblems, outcomesOf } from '../../cli/import-accounts';
import { verdictOf, type Check, type Verdict } from '../runner/check';
import { catalogue, type ManifestSet, type Origin } from './catalogue';
import { folderOfSet, obtain, Unobtainable } from './obtain';

/** Manifests that others wrote are imported: nothing breaks, nothing is lost, and what is said to be equal is. */
export const checks: readonly Check[] = [{ name: 'public-manifests', judges: [], run: importAll }];

async function* importAll(): AsyncIterable<Verdict> {
  for (const origin of catalogue) {
    const judge = { name: origin.origin, version: origin.version, path: origin.origin };
    let folder: string;
    try {
      folder = await obtain(origin);
    } catch (error) {
      if (!(error instanceof Unobtainable)) throw error;
      yield* origin.sets.map(set => absence(origin, set, error.message));
      continue;
    }
    for (const set of origin.sets) {
      const { count, problems, remark } = importOf(folderOfSet(folder, set.name), set);
      yield verdictOf(judge, set.name, count, problems, remark);
    }
  }
}

/** What cannot be had is passed over by name. */
function absence({ origin, version }: Origin, { name }: ManifestSet, detail: string): Verdict {
  return { judge: origin, version, subject: name, status: 'skipped', count: 0, detail };
}

interface Outcome { readonly count: number; readonly problems: readonly string[]; readonly remark: string }

function importOf(folder: string, { differences = 0 }: ManifestSet): Outcome {
  try {
    const source = readSource({ files: diskFiles } as Io, folder, '.');
    const result = importManifests(source, { environment: 'production' });
    const unexpected = result.differences.length === differences ? []
      : [`${result.differences.length} differences are listed, expected ${differences}:`, ...result.differences];
    return {
      count: source.objects.length,
      problems: [...accountProblems(source, result), ...unexpected, ...result.description ? syntaxProblems(typescriptOf(result)) : []],
      remark: `${result.workloads} services; ${result.equal ? 'equal' : `${result.differences.length} differences listed`}; ${outcomesOf(result)}`,
    };
  } catch (error) {
    return { count: 0, problems: [`it broke: ${error instanceof Error ? error.stack ?? error.message : String(error)}`], remark: '' };
  }
}

/** What keeps the printed module from being TypeScript. */
function syntaxProblems(module: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(module, { reportDiagnostics: true, compilerOptions: { module: ts.ModuleKind.CommonJS } });
  return diagnostics.map(({ messageText }) => `the TypeScript cannot be read: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}
