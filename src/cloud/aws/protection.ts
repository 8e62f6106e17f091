import type { IConstruct } from 'constructs';
import { waivePolicy } from '../check';
import type { Protection } from '../cluster/protection';

interface Protected { readonly deletionProtection: Protection }

/** Whether AWS refuses to delete it. */
export const isProtected = ({ deletionProtection }: Protected) => deletionProtection === true;

/** Lets something break the policy that wants it protected, where there is a reason why it is to go. */
export function letGo(resource: IConstruct, policy: string, { deletionProtection }: Protected): void {
  if (deletionProtection !== true) waivePolicy(resource, policy, deletionProtection.off);
}
