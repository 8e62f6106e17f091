import { MartyError } from '../../errors';
import { descriptionOf } from '../../spec/description';
import { runtimeConfigOf } from '../../spec/runtime-config';
import { settleService } from '../../spec/settle';
import { addCommand, jsonText, type Cli, type Context } from '../command';
import { readProject } from '../project/config';
import { checkEnvironment } from '../project/environments';
import { loadServices } from '../project/load';
import { schemaNamed, schemas } from '../schemas';
import { checkDescription } from '../spec/check';
import { selected, withCalled } from '../spec/selection';

interface SpecOptions {
  readonly env?: string;
  readonly schema?: string | true;
  readonly check?: string;
  readonly config?: string;
}

/** `marty spec`: descriptions as JSON, their schema, and whether a document is one. */
export function addSpec(cli: Cli): void {
  addCommand<SpecOptions>(cli, 'spec [service...]', 'Print the description as JSON', run)
    .option('--env <name>', 'print what the processes read in this environment instead: one runtime configuration per service')
    .option('--check <file>', 'check a description written as JSON, - for stdin, and tell everything that is wrong')
    .option('--schema [name]', `print a JSON Schema: ${Object.keys(schemas).join(', ')} (default: description)`)
    .option('--config <file>', 'read this file instead of cdk8s.yaml')
    .addHelpText('after', `
With names, the description holds those services and all that they call. The output is always JSON; the schemas are those of
this command's output, of what other commands print with --json, and of the error that any of them prints with --json.`);
}

async function run(context: Context, { env, schema, check, config }: SpecOptions, names: readonly string[]): Promise<void> {
  const { io, cwd } = context;
  const modes = [env !== undefined && '--env', check !== undefined && '--check', schema !== undefined && '--schema'].filter(Boolean);
  if (modes.length > 1) throw new MartyError('USAGE', `${modes.join(' and ')} exclude each other; give one of them`);
  if (names.length && (check !== undefined || schema !== undefined)) throw new MartyError('USAGE', `${modes[0]} takes no services, but ${names.join(', ')} is given`);
  if (schema !== undefined) return io.data(jsonText(schemaNamed(schema === true ? 'description' : schema)));
  if (check !== undefined) return tellCheck(context, check);
  const services = await loadServices(io, readProject(io, cwd, config));
  const chosen = selected(services, names);
  if (env === undefined) return io.data(jsonText(descriptionOf(withCalled(chosen, services))));
  checkEnvironment(services, env);
  io.data(jsonText(Object.fromEntries(chosen.map(service => [service.name, runtimeConfigOf(settleService(service, env))]))));
}

function tellCheck(context: Context, file: string): void {
  const result = checkDescription(context, file);
  if (context.json) context.io.data(jsonText(result));
  else context.io.talk(`${file}: nothing is wrong; ${result.platform} with ${result.services.join(', ')}\n`);
}
