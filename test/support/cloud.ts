import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Testing } from 'cdktf';
import { EksStack, defineCluster, type AwsStack, type ClusterInput, type EksStackProps } from '../../src/cloud/aws';
import { readStack, type SynthesizedStack, type TerraformJson } from '../../src/cloud/validate';
import { examplesFolder } from './examples';

/** Every stack of the examples of a cloud as it is written, by `<example>/<stack>`. */
export function exampleStacks(cloud: string): Record<string, SynthesizedStack> {
  const folder = join(examplesFolder, cloud);
  return Object.assign({}, ...readdirSync(folder).map(example => stacksWrittenBy(join(folder, example, 'main'), example))) as Record<string, SynthesizedStack>;
}

function stacksWrittenBy(program: string, example: string): Record<string, SynthesizedStack> {
  const outdir = mkdtempSync(join(tmpdir(), 'marty-cloud-'));
  const before = process.env.CDKTF_OUTDIR;
  try {
    process.env.CDKTF_OUTDIR = outdir;
    jest.isolateModules(() => jest.requireActual(program));
    return Object.fromEntries(readdirSync(join(outdir, 'stacks')).map(stack => [
      `${example}/${stack}`, readStack(stack, JSON.parse(readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8')) as TerraformJson),
    ]));
  } finally {
    if (before === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = before;
    rmSync(outdir, { recursive: true, force: true });
  }
}

export const account = '123456789012';
export const admin = { principal: `arn:aws:iam::${account}:role/platform`, role: 'cluster-admin' } as const;
export const smallCluster: ClusterInput = { name: 'shop', kubernetes: '1.35', access: { platform: admin }, nodePools: { system: {} } };

/** A stack with a cluster that differs from the smallest one in what is given, in an app that writes nothing. */
export function eksStack(props: Partial<Omit<EksStackProps, 'cluster'>> & { readonly cluster?: Partial<ClusterInput> } = {}): EksStack {
  const { cluster, ...rest } = props;
  return new EksStack(testApp(), 'test', {
    account, region: 'eu-central-1', state: 'local', network: { cidr: '10.20.0.0/16', zones: ['a', 'b', 'c'] },
    ...rest, cluster: defineCluster({ ...smallCluster, ...cluster }),
  });
}

const scratch = mkdtempSync(join(tmpdir(), 'marty-cloud-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** An app whose output goes nowhere that lasts. */
export const testApp = (): App => Testing.app({ outdir: mkdtempSync(join(scratch, 'app-')) });

/** What a stack is written as, checked as it is when it is deployed. */
export function written(stack: AwsStack): SynthesizedStack {
  stack.prepareStack();
  stack.runAllValidations();
  return readStack(stack.node.id, stack.toTerraform() as TerraformJson);
}

/** The addresses of a stack's resources. */
export const addressesOf = ({ blocks }: SynthesizedStack) => blocks.filter(({ kind }) => kind === 'resource').map(({ address }) => address).sort();
