/** Types a node may name; `quantity` and `int-or-string` are Kubernetes' own, `any` is free-form. */
export type NodeType =
  | 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'int-or-string' | 'quantity' | 'any';

/** One node of a pruned schema. Words of JSON Schema mean what they mean there. */
export interface SchemaNode extends VersionRange {
  /** Name of the definition this node stands for. */
  $ref?: string;
  type?: NodeType;
  format?: string;
  pattern?: string;
  enum?: readonly unknown[];
  /** First Kubernetes version of those enum values that are younger than the field. */
  enumSince?: Readonly<Record<string, string>>;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minProperties?: number;
  maxProperties?: number;
  /** Fields of an object. Others are refused, unless `preserve` says so. */
  properties?: Readonly<Record<string, SchemaNode>>;
  required?: readonly string[];
  /** Last Kubernetes version that asks for the field. */
  requiredUntil?: Readonly<Record<string, string>>;
  /** Exactly one of these fields is set. */
  exactlyOne?: readonly string[];
  /** What the values of a map are. */
  additionalProperties?: SchemaNode;
  /** Format of a map's keys. */
  keys?: string;
  /** Most bytes a map's keys and values may have together. */
  maxBytes?: number;
  items?: SchemaNode;
  /** Fields that tell the entries of a list apart. */
  mapKeys?: readonly string[];
  /** The entries of a list differ. */
  set?: true;
  /** Unknown fields are kept by the server, so they are accepted. */
  preserve?: true;
  nullable?: true;
  default?: unknown;
  oneOf?: readonly SchemaNode[];
  anyOf?: readonly SchemaNode[];
  allOf?: readonly SchemaNode[];
  not?: SchemaNode;
}

/** The versions of Kubernetes in which something is there; all of them where a bound is left out. */
export interface VersionRange {
  /** First Kubernetes version that has it. */
  since?: string;
  /** Last Kubernetes version that has it. */
  until?: string;
}

/** Where an `apiVersion` and `kind` find their definition. */
export interface KindEntry extends VersionRange {
  definition: string;
  scope: 'Namespaced' | 'Cluster';
}

/** One file of pruned schemas; keys of kinds read `apps/v1/Deployment` or `v1/Service`. */
export interface SchemaFile {
  kinds: Readonly<Record<string, KindEntry>>;
  /** Every kind that Kubernetes itself serves, with or without a schema here. */
  served?: Readonly<Record<string, VersionRange>>;
  definitions: Readonly<Record<string, SchemaNode>>;
}
