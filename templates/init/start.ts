import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

// Starts one service on this machine with the ConfigMap that was written for it: `npm start -- web production`.
const [service = 'greetings', environment = 'dev'] = process.argv.slice(2);

const configMap = join(__dirname, 'deploy', environment, service, `configmap-${service}-config.yaml`);
const { data } = parse(readFileSync(configMap, 'utf8')) as { data: { 'runtime.json': string } };
const file = join(mkdtempSync(join(tmpdir(), `${service}-`)), 'runtime.json');
writeFileSync(file, data['runtime.json']);

process.env.MARTY_CONFIG_FILE ??= file;
process.env.HOST ??= '127.0.0.1';
void import(join(__dirname, 'services', `${service}.ts`));
