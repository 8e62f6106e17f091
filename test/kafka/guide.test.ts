import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { kafkaClusterSchema } from '../../src/spec/kafka';
import { kafkaProvisionSchema } from '../../src/spec/kafka-existing';
import { topicSchema } from '../../src/spec/topics';

const guide = readFileSync(join(__dirname, '../../docs/guide/kafka.md'), 'utf8');
/** What the first columns of its tables name, with what stands in the second. */
const rows = [...guide.matchAll(/^\| (`[^|]+) \| ([^|]*) \|/gm)].map(([, fields, value]) => ({
  fields: [...fields.matchAll(/`([^`]+)`/g)].map(([, field]) => field), value,
}));
const named = new Set(rows.flatMap(({ fields }) => fields));

interface Json {
  readonly properties?: Readonly<Record<string, Json>>;
  readonly anyOf?: readonly Json[];
  readonly oneOf?: readonly Json[];
  readonly default?: unknown;
}

/** The fields of a schema that have no fields themselves, by their paths; where something is has a guide of its own. */
function leaves(schema: Json, path = ''): { readonly path: string; readonly fallback: unknown }[] {
  const ways = [schema, ...schema.anyOf ?? [], ...schema.oneOf ?? []];
  const properties = ways.flatMap(({ properties: own = {} }) => Object.entries(own));
  if (!properties.length || path.endsWith('.at')) return [{ path, fallback: schema.default }];
  return properties.flatMap(([name, field]) => leaves(field, path ? `${path}.${name}` : name));
}

const fieldsOf = (schema: z.ZodType) => leaves(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json);

test('the guide names every field of a Kafka', () => {
  expect(fieldsOf(kafkaClusterSchema).length).toBeGreaterThan(40);
  expect(fieldsOf(kafkaClusterSchema).map(({ path }) => path).filter(path => !named.has(path))).toEqual([]);
});

test('and of a topic, and of what is made in a Kafka that exists', () => {
  expect(fieldsOf(topicSchema).map(({ path }) => path).filter(path => path !== 'name' && !named.has(path.split('.')[0]))).toEqual([]);
  expect(fieldsOf(kafkaProvisionSchema).map(({ path }) => path).filter(path => !named.has(path.split('.')[0]))).toEqual([]);
});

test('with the defaults that they have', () => {
  const wrong = fieldsOf(kafkaClusterSchema).filter(({ fallback }) => ['string', 'number', 'boolean'].includes(typeof fallback)).filter(({ path, fallback }) => {
    const told = typeof fallback === 'string' ? `\`'${fallback}'\`` : `\`${String(fallback)}\``;
    return !rows.some(({ fields, value }) => fields.includes(path) && value.includes(told));
  });
  expect(wrong).toEqual([]);
});
