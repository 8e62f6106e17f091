import { z } from 'zod';
import { reasonSchema } from './syntax';
import { waivedPrefix } from './waivable';

const name = z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, { error: 'expected at most 40 lower-case letters, digits and hyphens' });
const expression = z.string().trim().min(1).max(10_000);
const kindSchema = z.string().regex(/^([a-z0-9.-]+\/)?v\d+((alpha|beta)\d+)?\/[A-Z][A-Za-z0-9]*$/, { error: 'expected an API version and a kind, such as apps/v1/Deployment' });
const line = z.string().trim().min(1).max(500).regex(/^[^\n]*$/, { error: 'expected one line' });

const validationSchema = z.strictObject({
  /** What has to be true, in CEL; `object` is what is to be made or changed. */
  expression,
  /** What to tell whoever is refused, one line of at most 500 characters. @default - the expression */
  message: line.optional(),
  /** The message as a CEL expression of a text, where it says more than one that is written out. */
  messageExpression: expression.optional(),
});

export const policySchema = z.strictObject({
  /** What it is called everywhere: at most 40 lower-case letters, digits and hyphens. As a rule, it is `policy-<id>`. */
  id: name,
  /** Why there is the policy, for those whom it stops: 10 to 500 characters. */
  reason: reasonSchema,
  /** The objects that it is about. */
  match: z.strictObject({
    /** The kinds, with the version in which expressions read them: `apps/v1/Deployment`, or `{ kind, resource }` for an irregular plural. */
    kinds: z.array(z.union([kindSchema, z.strictObject({ kind: kindSchema, resource: z.string().regex(/^[a-z][a-z0-9]*$/) })])).min(1).max(30),
    /** Only objects that carry all of these labels. @default - any object */
    labels: z.record(z.string(), z.string()).optional(),
  }),
  /** Expressions with a name, each of which may use those before it: `variables.<name>`. @default [] */
  variables: z.array(z.strictObject({ name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/), expression })).max(50).default([]),
  /** What has to be true of each object. */
  validations: z.array(validationSchema).min(1).max(60),
  /** How bad a violation is for `marty check`. @default 'error' */
  severity: z.enum(['error', 'warning', 'info']).default('error'),
  /** What a cluster does about a violation; synth refuses only what the cluster would. @default 'deny' */
  enforcement: z.enum(['deny', 'warn', 'audit']).default('deny'),
  /** What it does not hold for, besides the namespaces of the cluster itself. @default {} */
  exempt: z.strictObject({
    /** Namespaces, by name. @default ['kube-node-lease', 'kube-public', 'kube-system'] */
    namespaces: z.array(z.string().min(1)).default(['kube-node-lease', 'kube-public', 'kube-system']),
    /** Objects, by name, wherever they are. @default [] */
    names: z.array(z.string().regex(/^[^'\\\n]+$/)).default([]),
  }).prefault({}),
  /** Whether an object can be waived by its annotation, as `waive('policy-<id>', reason)` writes it; check and cluster agree on it. @default true */
  waivable: z.boolean().default(true),
});

/** A policy as one writes it. */
export type PolicyInput = z.input<typeof policySchema>;
/** A policy with everything filled in. */
export type PolicySpec = z.output<typeof policySchema>;

/** What a policy says against an object. */
export interface Refusal {
  /** Which of the validations. */
  readonly validation: number;
  readonly message: string;
}

/** A policy that was found right, and that can judge. */
export interface Policy extends PolicySpec {
  /** Everything that a cluster with the policy would refuse about an object; undefined when the policy is not about it. */
  judge(object: Readonly<Record<string, unknown>>): readonly Refusal[] | undefined;
}

/** The id of the rule that a policy is. */
export const ruleIdOf = ({ id }: Pick<PolicySpec, 'id'>) => `policy-${id}` as const;

/** The annotation by which an object says that it does not keep a policy. */
export const waiverKeyOf = (policy: Pick<PolicySpec, 'id'>) => `${waivedPrefix}${ruleIdOf(policy)}`;

/** Whether an object with these annotations is waived: with a reason, as the cluster asks for one too. */
export function isWaived(policy: Pick<PolicySpec, 'id' | 'waivable'>, annotations: Readonly<Record<string, unknown>>): boolean {
  const reason = annotations[waiverKeyOf(policy)];
  return policy.waivable && typeof reason === 'string' && reason.trim() !== '';
}

/** One kind that a policy is about. */
export interface MatchedKind { readonly group: string; readonly version: string; readonly kind: string; readonly resource: string }

/** The kinds of a policy, taken apart. */
export function matchedKindsOf({ match }: Pick<PolicySpec, 'match'>): readonly MatchedKind[] {
  return match.kinds.map(entry => {
    const parts = (typeof entry === 'string' ? entry : entry.kind).split('/');
    const [version, kind] = parts.slice(-2);
    return { group: parts.length > 2 ? parts[0] : '', version, kind, resource: typeof entry === 'string' ? pluralOf(kind.toLowerCase()) : entry.resource };
  });
}

function pluralOf(kind: string): string {
  if (/(s|x|ch|sh)$/.test(kind)) return kind === 'endpoints' ? kind : `${kind}es`;
  return /[^aeiou]y$/.test(kind) ? `${kind.slice(0, -1)}ies` : `${kind}s`;
}
