import { providerOf, regionOf } from './policies/_region';
import { isGlobal, namedBy } from './policies/same-name';
import type { Block, Finding, SynthesizedStack } from '../validate/stack';
import { hasExpression } from '../validate/template';

/** Something that AWS knows by what is said of it, and that two stacks must not both have. */
interface Claim { readonly key: string; readonly told: string; readonly finding: Omit<Finding, 'message'> }

/** What stacks of one app take from each other: names of an account and region, pods' roles, and the object that a state is in. */
export function clashesOf(stacks: readonly SynthesizedStack[]): Finding[] {
  const first = new Map<string, { readonly stack: SynthesizedStack; readonly address: string }>();
  const findings: Finding[] = [];
  for (const stack of stacks) {
    for (const { key, told, finding } of [...stateOf(stack), ...stack.blocks.flatMap(block => namesOf(block, stack))]) {
      const before = first.get(key);
      if (!before) first.set(key, { stack, address: finding.address });
      else if (before.stack !== stack) findings.push({ ...finding, message: `is ${told}, which ${before.address} of the stack ${before.stack.name} is too; let one of them have it` });
    }
  }
  return findings;
}

function stateOf({ name, json }: SynthesizedStack): Claim[] {
  const s3 = (json.terraform?.backend as { readonly s3?: { readonly bucket: string; readonly key: string } } | undefined)?.s3;
  if (!s3) return [];
  const told = JSON.stringify(`${s3.bucket}/${s3.key}`);
  return [{ key: `state ${told}`, told, finding: { rule: 'MARTY_AWS_SAME_STATE', path: name, address: 'terraform.backend', at: 'key' } }];
}

function namesOf(block: Block, stack: SynthesizedStack): Claim[] {
  const { kind, type, path, address, body } = block;
  const at = type === 'aws_eks_pod_identity_association' ? ['cluster_name', 'namespace', 'service_account'] : namedBy[type] ? [namedBy[type]] : [];
  const values = at.map(name => body[name]);
  if (kind !== 'resource' || at.length === 0 || !values.every(value => typeof value === 'string' && !hasExpression(value))) return [];
  const place = JSON.stringify([providerOf(block, stack)?.body.allowed_account_ids, isGlobal(type) ? '' : regionOf(block, stack)]);
  const told = JSON.stringify(values.join('/'));
  return [{ key: `${type} ${place} ${told}`, told, finding: { rule: 'MARTY_AWS_SAME_NAME', path, address, at: at[at.length - 1] } }];
}
