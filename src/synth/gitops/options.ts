import { z } from 'zod';
import { didYouMean, MartyError, type Problem } from '../../errors';
import { problemsOf } from '../../spec/problems';
import { labelSchema, nameSchema } from '../../spec/syntax';

const environmentNames = z.array(nameSchema(40)).default([]);

/** Where something is committed to. */
export const gitPlaceSchema = z.strictObject({
  /** The Git repository that the output is committed to: `https://…` or `ssh://…`, without a password in it. */
  repository: z.string()
    .regex(/^(https?|ssh):\/\/[^\s/]+\/\S+$/, { error: 'expected the URL of a Git repository: https://… or ssh://…', abort: true })
    .refine(url => !/^\w+:\/\/[^/@]*:[^/@]*@/.test(url), { error: 'holds a password; let the tool read credentials from a Secret' }),
  /** The output folder in that repository, such as `deploy`; `.` where it is the repository. */
  path: z.string()
    .regex(/^(\.|[\w.-]+(\/[\w.-]+)*)$/, { error: 'expected the path of a folder from the root of the repository, such as deploy', abort: true })
    .refine(path => path === '.' || !path.split('/').some(step => step === '.' || step === '..'), { error: 'leaves the repository, or goes in circles; expected the plain path of a folder' }),
  /** The branch that is followed. @default 'main' */
  branch: z.string().regex(/^(?!.*(\.\.|\/\/|@\{|\.lock$))[A-Za-z0-9_][\w./-]*[\w-]$|^\w$/, { error: 'expected the name of a branch' }).default('main'),
});

const common = {
  ...gitPlaceSchema.shape,
  /** Environments whose objects go when what delivers them goes; of all others they stay. Previews always go. @default [] */
  disposable: environmentNames,
};

const argoCdSchema = z.strictObject({
  tool: z.literal('argo-cd'),
  ...common,
  /** The namespace that Argo CD runs in. @default 'argocd' */
  namespace: labelSchema().default('argocd'),
  /** What Argo CD calls the cluster of each environment, where that is not `in-cluster`, the one that it runs in itself. @default {} */
  clusters: z.record(nameSchema(40), z.string().min(1)).default({}),
  /** Environments that are applied only when somebody says so. @default [] */
  manual: environmentNames,
  /** Whether each service has a file of its own with its Application, or one ApplicationSet makes them all. @default 'each' */
  applications: z.enum(['each', 'set']).default('each'),
  /** Whether Argo CD's source hydrator moves what is committed to the branch `environments/<environment>` and applies that. @default false */
  hydrate: z.boolean().default(false),
});

const fluxSchema = z.strictObject({
  tool: z.literal('flux'),
  ...common,
  /** The namespace of Flux' objects. @default 'flux-system' */
  namespace: labelSchema().default('flux-system'),
  /** The Secret beside them with the credentials of the repository. @default - it can be read by everybody */
  credentials: labelSchema(253).optional(),
  /** The Secret beside them with the keys of secrets that are encrypted with SOPS. @default - there are no such secrets */
  decryption: labelSchema(253).optional(),
});

/** Delivery by Argo CD. */
export type ArgoCdDelivery = z.input<typeof argoCdSchema>;
/** Delivery by Flux. */
export type FluxDelivery = z.input<typeof fluxSchema>;
/** What applies the output to clusters, and where it finds it. */
export type DeliveryOptions = ArgoCdDelivery | FluxDelivery;

export type ArgoCd = z.output<typeof argoCdSchema>;
export type Flux = z.output<typeof fluxSchema>;

const schemas = { 'argo-cd': argoCdSchema, 'flux': fluxSchema } as const;

/**
 * Checks how an output is delivered, and fills the defaults.
 *
 * @param environments those that there are.
 * @throws PROPS_INVALID with every problem.
 */
export function checkDeliveries(given: DeliveryOptions | readonly DeliveryOptions[], environments: readonly string[]): (ArgoCd | Flux)[] {
  const listed = Array.isArray(given);
  const all: readonly DeliveryOptions[] = listed ? given : [given as DeliveryOptions];
  const problems = all.flatMap((options: unknown, index): Problem[] => {
    const at = listed ? `deliver[${index}]` : 'deliver';
    if (!isOptions(options)) return [{ path: at, message: `is ${JSON.stringify(options)}, expected { tool: ${Object.keys(schemas).map(tool => `'${tool}'`).join(' or ')}, … }` }];
    const schema = Object.hasOwn(schemas, options.tool) ? schemas[options.tool] : undefined;
    if (!schema) return [{ path: `${at}.tool`, message: `is ${JSON.stringify(options.tool)}, expected ${Object.keys(schemas).join(' or ')}` }];
    if (all.findIndex(({ tool }) => tool === options.tool) !== index) return [{ path: `${at}.tool`, message: `is "${options.tool}" a second time; leave one of the two out` }];
    const shape = problemsOf(schema, options);
    return (shape.length ? shape : environmentProblems(schema.parse(options), environments)).map(({ path, message }) => ({ path: [at, path].filter(Boolean).join('.'), message }));
  });
  if (problems.length) throw new MartyError('PROPS_INVALID', 'the output cannot be delivered:', { problems });
  return all.map(options => schemas[options.tool].parse(options));
}

const isOptions = (value: unknown): value is DeliveryOptions => typeof value === 'object' && value !== null && !Array.isArray(value);

/** An environment that is named wrongly would be treated like any other, which nobody would see. */
function environmentProblems(options: ArgoCd | Flux, environments: readonly string[]): Problem[] {
  const unknown = (path: string, names: readonly string[]) => names.filter(name => !environments.includes(name)).map(name => (
    { path, message: `names "${name}", expected one of ${environments.join(', ')}${didYouMean(name, environments)}` }));
  const { disposable } = options;
  return [...unknown('disposable', disposable), ...('manual' in options ? [...unknown('manual', options.manual), ...unknown('clusters', Object.keys(options.clusters))] : [])];
}
