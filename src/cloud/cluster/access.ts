import { z } from 'zod';
import { contains, rangeOf } from '../network/cidr';
import { isPrivate } from '../network/plan';
import { cidrSchema, labelSchema, reasonSchema } from '../../spec/syntax';

const tooWide = (cidr: string) => /\/[0-7]$/.test(cidr);
const wide = { error: 'is wider than a /8; name the ranges that are meant' };

/** Whether every address of a range is one that never comes from the internet. */
function neverPublic(cidr: string): boolean {
  const range = rangeOf(cidr);
  return range !== undefined && (isPrivate(range) || local.some(outer => contains(outer, range)));
}

const local = ['127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/4', '240.0.0.0/4'].flatMap(text => rangeOf(text) ?? []);

/** From where the API server is reached. */
export const endpointSchema = z.union([
  /** From the network alone, and what is connected to it. */
  z.literal('private'),
  z.strictObject({
    /** Ranges of the internet that reach it too; never every address. */
    allow: z.array(cidrSchema.refine(cidr => !tooWide(cidr), wide)
      .refine(cidr => !neverPublic(cidr), { error: 'is of addresses that never come from the internet; let what is in the network, or connected to it, in by apiClients' })).min(1).max(40),
    /** Why it is reached from outside, 10 to 500 characters. */
    reason: reasonSchema,
  }),
], { error: 'expected "private", or { allow: [ranges], reason: \'why\' }' });

/** What reaches the API server by the network: ranges of addresses, and on AWS security groups, whose ids have no "/". */
export const apiClientsSchema = z.record(labelSchema(40), z.string().min(1).max(256).superRefine((source, context) => {
  const problem = (message: string) => context.addIssue({ code: 'custom', message });
  if (!/^[0-9a-f.:]+\//.test(source)) return;
  if (!rangeOf(source)) problem('expected a range of IPv4 such as 10.8.0.0/16, with no bits behind its prefix');
  else if (tooWide(source)) problem(wide.error);
}));

/** What somebody may do, by the roles that Kubernetes brings, and the cloud's own for all of the cluster. */
export const accessRoles = ['cluster-admin', 'admin', 'edit', 'view'] as const;

export const accessSchema = z.strictObject({
  /** Who: the ARN of an IAM role on AWS, the object id of a group on Azure, the address of a group on Google Cloud. */
  principal: z.string().min(1).max(2048),
  role: z.enum(accessRoles),
  /** The namespaces that the role holds in. @default - the whole cluster */
  namespaces: z.array(labelSchema()).min(1).optional(),
}).superRefine(({ role, namespaces }, context) => {
  if (role === 'cluster-admin' && namespaces) context.addIssue({ code: 'custom', path: ['namespaces'], message: 'narrows cluster-admin, which is for the whole cluster; expected the role admin' });
});

export const accessListSchema = z.record(labelSchema(40), accessSchema).superRefine((entries, context) => {
  const all = Object.entries(entries);
  if (!all.some(([, { role }]) => role === 'cluster-admin')) context.addIssue({ code: 'custom', message: 'has no cluster-admin: nobody could enter the cluster, its creator neither; name a role that people can take' });
  all.forEach(([name, { principal }], index) => {
    const other = all.findIndex(entry => entry[1].principal === principal);
    if (other !== index) context.addIssue({ code: 'custom', path: [name, 'principal'], message: `is that of ${all[other][0]} too; a principal has one entry` });
  });
});

export type AccessEntry = z.output<typeof accessSchema>;
