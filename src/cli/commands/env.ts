import { addCommand, type Cli } from '../command';
import { addDrift } from '../env/drift';
import { promote, type PromoteOptions } from '../env/promote';
import { setVersions, type SetOptions } from '../env/set';

/** `marty env`: what runs in which environment. */
export function addEnv(cli: Cli): void {
  const program = cli.program.command('env').summary('Say and tell what runs in an environment')
    .description('Say and tell what runs in an environment.').helpCommand(false).configureHelp({ showGlobalOptions: true });
  const own: Cli = { ...cli, program };
  addCommand<SetOptions>(own, 'set <assignment...>', 'Name the versions that run in an environment', setVersions)
    .option('--environment <name>', 'the environment (default: the first of the platform)')
    .option('--dry-run', 'print what would change, and write nothing')
    .option('--config <file>', 'read this file instead of cdk8s.yaml')
    .addHelpText('after', `
Only the file of the environment changes, \`releases/<environment>.json\`: its order and spaces stay.
  marty env set orders=1.4.2 payments=1.9.0@sha256:3c80… --environment staging`);
  addCommand<PromoteOptions>(own, 'promote <from> <to>', 'Let the versions of one environment run in another one, too', promote)
    .option('--service <names>', 'only these services, separated by commas')
    .option('--dry-run', 'print what would change, and write nothing')
    .option('--config <file>', 'read this file instead of cdk8s.yaml')
    .addHelpText('after', `
Only the file of the second environment changes. Commit it, and let somebody review it.
  marty env promote dev staging --service orders`);
  addDrift(own);
}
