import { resolve } from 'node:path';
import { MartyError } from '../../errors';
import { replace } from '../../synth/apply';
import { addCommand, jsonText, type Cli, type Context } from '../command';
import { exported, formats, textOf, type Format } from '../contract/document';
import { readProject } from '../project/config';
import { loadServices } from '../project/load';
import type { ContractExportResult } from '../contract/result';

interface ExportOptions {
  readonly format?: string;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly config?: string;
}

/** `marty contract`: what other repositories may know of services. */
export function addContract(cli: Cli): void {
  const program = cli.program.command('contract').summary('Tell other repositories what they can call')
    .description('Tell other repositories what they can call.').helpCommand(false).configureHelp({ showGlobalOptions: true });
  addCommand<ExportOptions>({ ...cli, program }, 'export [service...]', 'Print the ports and places of services, for other repositories to import', run)
    .option('--format <name>', `${formats.join(' or ')}; TypeScript lets the compiler see the names of ports (default: by the ending of --out, else json)`)
    .option('--out <file>', 'write the file, where it differs, instead of printing it')
    .option('--dry-run', 'with --out, tell whether the file would be written, and do not write it')
    .option('--config <file>', 'read this file instead of cdk8s.yaml')
    .addHelpText('after', `
Without names, every service that can be called is in it. The other repository reads it with \`contractFrom\` of its platform:
  marty contract export orders --out ../bank/contracts/shop.ts`);
}

async function run({ io, cwd, json }: Context, { format, out, dryRun = false, config }: ExportOptions, names: readonly string[]): Promise<void> {
  const form = formatOf(format ?? (out?.endsWith('.ts') ? 'ts' : 'json'));
  if (dryRun && out === undefined) throw new MartyError('USAGE', '--dry-run needs --out, since nothing is written without it');
  const contract = exported(await loadServices(io, readProject(io, cwd, config)), names);
  const text = textOf(contract, form);
  if (out === undefined) return io.data(text);
  const file = resolve(cwd, out);
  const written = io.files.text(file) !== text;
  if (written && !dryRun) replace(file, text);
  const { platform, services } = contract;
  const result: ContractExportResult = { file: out, format: form, platform, services: Object.keys(services), written, dryRun };
  if (json) io.data(jsonText(result));
  else io.talk(`${out}: ${said(result)}; ${platform} with ${result.services.join(', ')}\n`);
}

function said({ written, dryRun }: ContractExportResult): string {
  if (!written) return 'says the same already';
  return dryRun ? 'would be written' : 'written';
}

function formatOf(name: string): Format {
  const format = formats.find(known => known === name);
  if (!format) throw new MartyError('USAGE', `--format is ${name}, expected ${formats.join(' or ')}`);
  return format;
}
