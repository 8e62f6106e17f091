/** As much of JSON Schema as descriptions use. Anything else in one fails the tests. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | false;
  readonly propertyNames?: JsonSchema;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly pattern?: string;
}

const known = ['$ref', '$defs', '$id', '$schema', 'title', 'default', 'type', 'const', 'enum', 'anyOf', 'oneOf', 'not', 'properties', 'required', 'additionalProperties',
  'propertyNames', 'items', 'minItems', 'maxItems', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum', 'pattern', 'description', 'format'];

export type Steps = readonly (string | number)[];

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A schema, and the words for moving about in it. */
export class Schema {
  constructor(readonly root: JsonSchema) {}

  /** The schema itself, wherever a reference leads. */
  resolve(schema: JsonSchema): JsonSchema {
    const strange = Object.keys(schema).filter(word => !known.includes(word));
    if (strange.length) throw new Error(`the JSON Schema uses ${strange.join(', ')}, which these tests do not know`);
    if (schema.$ref === undefined) return schema;
    return this.resolve(this.root.$defs?.[schema.$ref.replace('#/$defs/', '')] ?? {});
  }

  /** The ways in which a value may be right; one where there is no choice. */
  branches(schema: JsonSchema): readonly JsonSchema[] {
    const resolved = this.resolve(schema);
    return (resolved.anyOf ?? resolved.oneOf)?.map(branch => this.resolve(branch)) ?? [resolved];
  }

  /** Whether it says nothing about a value. */
  isFree(schema: JsonSchema): boolean {
    return Object.keys(this.resolve(schema)).length === 0;
  }

  fits(schema: JsonSchema, value: unknown): boolean {
    const node = this.resolve(schema);
    if (node.not) return false;
    const choices = node.anyOf ?? node.oneOf;
    if (choices) return choices.some(choice => this.fits(choice, value));
    if ('const' in node && node.const !== value) return false;
    if (node.enum && !node.enum.includes(value)) return false;
    switch (node.type) {
      case 'object': return isObject(value) && this.fitsObject(node, value);
      case 'array': return Array.isArray(value) && value.length >= (node.minItems ?? 0) && value.length <= (node.maxItems ?? Infinity) && value.every(item => this.fits(node.items ?? {}, item));
      case 'string': return typeof value === 'string' && value.length >= (node.minLength ?? 0) && value.length <= (node.maxLength ?? Infinity) && new RegExp(node.pattern ?? '').test(value);
      case 'integer': case 'number': return typeof value === 'number' && (node.type === 'number' || Number.isInteger(value))
        && value > (node.exclusiveMinimum ?? -Infinity) && value >= (node.minimum ?? -Infinity) && value <= (node.maximum ?? Infinity);
      case 'boolean': return typeof value === 'boolean';
      default: return true;
    }
  }

  private fitsObject(node: JsonSchema, value: Readonly<Record<string, unknown>>): boolean {
    return (node.required ?? []).every(name => value[name] !== undefined) && Object.entries(value).every(([name, item]) => {
      if (node.properties && Object.hasOwn(node.properties, name)) return this.fits(node.properties[name], item);
      return node.additionalProperties !== false && this.fits(node.propertyNames ?? {}, name) && this.fits(node.additionalProperties ?? {}, item);
    });
  }
}

/** One place in a document: where it is, what the schema says of it, and how the schema calls such places. */
export interface Place {
  readonly steps: Steps;
  readonly value: unknown;
  /** With every way in which it may be right. */
  readonly schema: JsonSchema;
  /** The way in which it is. */
  readonly branch: JsonSchema;
  /** The same for all places of one kind: `services[].scale|1.min`. */
  readonly kind: string;
}

/** Every place in a document, down to those of which the schema says nothing more. */
export function placesIn(schema: Schema, document: unknown): Place[] {
  const walk = (node: JsonSchema, value: unknown, steps: Steps, kind: string): Place[] => {
    const branches = schema.branches(node);
    const index = branches.findIndex(branch => schema.fits(branch, value));
    const branch = branches[Math.max(0, index)];
    const own = branches.length > 1 ? `${kind}|${index}` : kind;
    const here: Place = { steps, value, schema: node, branch, kind: own };
    if (branch.anyOf ?? branch.oneOf) return walk(branch, value, steps, own);
    if (Array.isArray(value)) return [here, ...value.flatMap((item, at) => walk(branch.items ?? {}, item, [...steps, at], `${own}[]`))];
    if (!isObject(value) || schema.isFree(branch)) return [here];
    return [here, ...Object.entries(value).flatMap(([name, item]) => {
      const property = branch.properties && Object.hasOwn(branch.properties, name) ? branch.properties[name] : undefined;
      return walk(property ?? (branch.additionalProperties || {}), item, [...steps, name], `${own}.${property ? name : '*'}`);
    })];
  };
  return walk(schema.root, document, [], '');
}

/** Every kind of place that the schema allows; what it refuses altogether is none. */
export function kindsOf(schema: Schema): string[] {
  const walk = (node: JsonSchema, kind: string): string[] => {
    const branches = schema.branches(node);
    return branches.flatMap((branch, index) => {
      const own = branches.length > 1 ? `${kind}|${index}` : kind;
      if (branch.not) return [];
      if (branch.anyOf ?? branch.oneOf) return walk(branch, own);
      return [
        own,
        ...Object.entries(branch.properties ?? {}).flatMap(([name, property]) => walk(property, `${own}.${name}`)),
        ...(branch.additionalProperties ? walk(branch.additionalProperties, `${own}.*`) : []),
        ...(branch.items ? walk(branch.items, `${own}[]`) : []),
      ];
    });
  };
  return walk(schema.root, '');
}
