import type { IConstruct } from 'constructs';
import { waivePolicy } from '../check';
import type { Protection } from '../cluster/protection';

/** Lets something break the policy that wants it protected, where there is a reason why it is to go. */
export function letGo(resource: IConstruct, policy: string, { deletionProtection }: { readonly deletionProtection: Protection }): void {
  if (deletionProtection !== true) waivePolicy(resource, policy, deletionProtection.off);
}
