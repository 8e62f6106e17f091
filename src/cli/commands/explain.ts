import { addCommand, jsonText, type Cli, type Context } from '../command';
import { explainResult, explainText } from '../explain/result';
import { readProject } from '../project/config';
import { checkEnvironment } from '../project/environments';
import { loadServices } from '../project/load';
import { explain } from '../../spec/explain';

interface ExplainOptions { readonly config?: string }

/** `marty explain`: which layer set a value. */
export function addExplain(cli: Cli): void {
  addCommand<ExplainOptions>(cli, 'explain <environment> <path>', 'Tell which layer set a value', run)
    .option('--config <file>', 'read this file instead of cdk8s.yaml')
    .addHelpText('after', `
Paths begin with the name of a service, or with \`environment\`:
  marty explain production orders.scale.max
  marty explain production orders.config.limits.weekly
  marty explain production environment.zones`);
}

async function run({ io, cwd, json }: Context, { config }: ExplainOptions, [environment, path]: readonly string[]): Promise<void> {
  const services = await loadServices(io, readProject(io, cwd, config));
  checkEnvironment(services, environment);
  const result = explainResult(environment, path, explain(services, environment, path));
  io.data(json ? jsonText(result) : explainText(result));
}
