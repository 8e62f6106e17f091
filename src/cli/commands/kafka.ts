import { relative, resolve } from 'node:path';
import { MartyError } from '../../errors';
import { addCommand, jsonText, type Cli, type Context } from '../command';
import { kafkaPlan, planText } from '../kafka/plan';
import { readProject } from '../project/config';
import { checkEnvironment } from '../project/environments';
import { loadServices } from '../project/load';

interface PlanOptions {
  readonly replace?: string;
  readonly restart?: boolean;
  readonly out?: string;
  readonly config?: string;
}

/** `marty kafka`: work on a Kafka that runs. */
export function addKafka(cli: Cli): void {
  const program = cli.program.command('kafka').summary('Plan how the Kafka of an environment changes')
    .description('Plan how the Kafka of an environment changes.').helpCommand(false).configureHelp({ showGlobalOptions: true });
  addCommand<PlanOptions>({ ...cli, program }, 'plan <environment>', 'Print the way from the Kafka that is written to the one that is described', run)
    .option('--replace <pod>', 'how this node gets a new disk, when it has lost its own')
    .option('--restart', 'how every node is restarted, though nothing changes, so that it reads its certificates again')
    .option('--out <dir>', 'the output folder, instead of the output of cdk8s.yaml')
    .option('--config <file>', 'read this file instead of cdk8s.yaml')
    .addHelpText('after', `
Change the description first, then ask for the plan, and only then write the manifests: it compares the two. Nothing is run; each step says
why it is needed, with the commands to run. Applying manifests restarts no node of a Kafka by itself.`);
}

async function run({ io, cwd, json }: Context, { replace, restart, out, config }: PlanOptions, [environment]: readonly string[]): Promise<void> {
  if (restart && replace !== undefined) throw new MartyError('USAGE', '--restart is given with --replace, expected one of them');
  const project = readProject(io, cwd, config);
  const services = await loadServices(io, project);
  checkEnvironment(services, environment);
  const output = out === undefined ? resolve(project.folder, project.output) : resolve(cwd, out);
  const plan = kafkaPlan(io, services, { environment, output, shown: relative(cwd, output) || '.', replace, restart, named: out !== undefined });
  io.data(json ? jsonText(plan) : planText(plan));
}
