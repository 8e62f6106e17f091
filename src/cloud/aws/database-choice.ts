import { z } from 'zod';
import { auroraSchema } from './aurora-cluster';
import { rdsInstanceSchema } from './rds-instance';
import { keyArnSchema } from './syntax';
import { didYouMean, type Problem } from '../../errors';
import type { InputOf } from '../../spec/input';

const kindSchema = z.enum(['aurora', 'instance']);
const { capacity, instances, backupDays, deletionProtection } = auroraSchema.shape;
const { instanceClass, maxStorageGiB } = rdsInstanceSchema.shape;

/** What is said of one kind alone; what is not said is what that kind has by default. */
const fields = {
  both: { backupDays: backupDays.unwrap().optional(), deletionProtection: deletionProtection.unwrap().optional() },
  /** Of Aurora: `capacity` that follows the load or machines of one class, and how many there are. */
  aurora: { capacity: capacity.unwrap().optional(), instances: instances.unwrap().optional() },
  /** Of instances: the machine, and the space up to which it grows. */
  instance: { instanceClass: instanceClass.unwrap().optional(), maxStorageGiB },
};

const choiceSchema = z.strictObject({ ...fields.both, ...fields.aurora, ...fields.instance });

/** How databases of services are made: of all, and of single ones by `<service>.<store>`. */
export const databasesSchema = choiceSchema.extend({
  /** Aurora, which grows with the load, or one machine of RDS with another that stands by. @default 'aurora' */
  kind: kindSchema.default('aurora'),
  /** A key that exists, which logs of the region may use for `/aws/rds/`, and encrypts all of them. @default - one is made */
  keyArn: keyArnSchema.optional(),
  /** A key that exists, and encrypts their nightly copies. @default - one is made */
  backupKeyArn: keyArnSchema.optional(),
  /** What differs for single ones, by `<service>.<store>`. @default {} */
  each: z.record(z.string(), choiceSchema.extend({ kind: kindSchema.optional() })).default({}),
});

export type DatabasesSettings = z.output<typeof databasesSchema>;
export type DatabasesInput = InputOf<typeof databasesSchema>;

/** How one database is made. */
export function choiceOf({ each, ...all }: DatabasesSettings, store: string) {
  const { kind = all.kind, ...own } = Object.hasOwn(each, store) ? each[store] : {};
  const said = { ...all, ...own };
  const common = { backupDays: said.backupDays, deletionProtection: said.deletionProtection };
  return kind === 'aurora'
    ? { kind, ...common, capacity: said.capacity, instances: said.instances } as const
    : { kind, ...common, instanceClass: said.instanceClass, maxStorageGiB: said.maxStorageGiB } as const;
}

/** What is said and would change nothing: of stores that there are not, or of a kind that none of them is. */
export function choiceProblems(settings: DatabasesSettings, stores: readonly string[]): Problem[] {
  const { each, kind: _, keyArn: __, backupKeyArn: ___, ...all } = settings;
  const kinds = new Set(stores.map(store => choiceOf(settings, store).kind));
  const idle = (said: object, used: (kind: z.output<typeof kindSchema>) => boolean, path: string): Problem[] => Object.keys(said).flatMap(field => {
    const wants = field in fields.aurora ? 'aurora' : field in fields.instance ? 'instance' : undefined;
    return wants === undefined || used(wants) ? [] : [{ path: `${path}${field}`, message: `is said of databases of the kind ${wants}, but ${path ? 'this one is not' : 'none is'}; leave it out, or change kind` }];
  });
  return [
    ...stores.length > 0 ? idle(all, kind => kinds.has(kind), '') : [],
    ...Object.entries(each).flatMap(([store, { kind: ____, ...said }]) => stores.includes(store)
      ? idle(said, kind => choiceOf(settings, store).kind === kind, `each.${store}.`)
      : [{ path: `each.${store}`, message: `is of no PostgreSQL that the services declare, expected one of ${stores.join(', ') || 'them, of which there are none'}${didYouMean(store, stores)}` }]),
  ];
}
