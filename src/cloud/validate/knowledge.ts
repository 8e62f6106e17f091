import type { Block, Finding, SynthesizedStack } from './stack';

/** A type of Terraform's: `string`, `["list", "string"]`, `["object", { … }]`. @see https://developer.hashicorp.com/terraform/language/expressions/type-constraints */
export type TerraformType =
  | string
  | readonly [kind: 'list' | 'set' | 'map', of: TerraformType]
  | readonly [kind: 'object', of: Readonly<Record<string, TerraformType>>]
  | readonly [kind: 'tuple', of: readonly TerraformType[]];

export interface AttributeSchema {
  readonly type?: TerraformType;
  readonly nested_type?: { readonly nesting_mode: 'single' | 'list' | 'set' | 'map'; readonly attributes: Readonly<Record<string, AttributeSchema>> };
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly write_only?: boolean;
  readonly deprecated?: boolean;
}

export interface BlockSchema {
  readonly attributes?: Readonly<Record<string, AttributeSchema>>;
  readonly block_types?: Readonly<Record<string, NestedBlockSchema>>;
  readonly deprecated?: boolean;
}

export interface NestedBlockSchema {
  readonly nesting_mode: 'single' | 'group' | 'list' | 'set' | 'map';
  readonly min_items?: number;
  readonly max_items?: number;
  readonly block?: BlockSchema;
}

/** The schema of a provider as `terraform providers schema -json` tells it, pruned to the types that are used and without prose. */
export interface ProviderSchema {
  readonly provider?: { readonly block?: BlockSchema };
  readonly resource_schemas: Readonly<Record<string, { readonly version?: number; readonly block?: BlockSchema }>>;
  readonly data_source_schemas: Readonly<Record<string, { readonly version?: number; readonly block?: BlockSchema }>>;
  readonly ephemeral_resource_schemas?: Readonly<Record<string, { readonly version?: number; readonly block?: BlockSchema }>>;
  /** Names of the types that exist but were left out: they are not judged, and a misspelt name is told from them. */
  readonly other_types?: { readonly resource: readonly string[]; readonly data: readonly string[]; readonly ephemeral?: readonly string[] };
}

/** Says what is wrong with a value that is known at synth, `is 5, expected 7 to 30`; nothing when it may stand. */
export interface ValueRule {
  (value: unknown): string | undefined;
  /**
   * Whether it can also read a text that has expressions in it, such as a policy that names the ARN of a key.
   *
   * @default - it is asked about known values only
   */
  readonly readsExpressions?: boolean;
}

/** What the provider's code checks and no schema shows, by type of resource. */
export interface TypeRules {
  /** Rules of arguments by their path without indexes: `vpc_config.public_access_cidrs`. A list is judged member by member. */
  readonly values?: Readonly<Record<string, ValueRule>>;
  /** Arguments of which one excludes the other: `[['name', 'name_prefix']]`. */
  readonly conflicts?: readonly (readonly string[])[];
  /** Arguments of which exactly one stands. */
  readonly exactlyOne?: readonly (readonly string[])[];
  /** Arguments of which at least one stands. */
  readonly atLeastOne?: readonly (readonly string[])[];
  /** Arguments that need another one beside them: `{ final_snapshot_identifier: ['skip_final_snapshot'] }`. */
  readonly together?: Readonly<Record<string, readonly string[]>>;
  /** What several arguments say together, in the provider's code. */
  readonly whole?: (block: Block) => readonly Pick<Finding, 'at' | 'message'>[];
}

/** A rule of security or operations that a stack keeps, under the id by which scanners know it. */
export interface Policy {
  /** Checkov's id, `CKV_AWS_37`, or ours, `MARTY_AWS_…`, for what no scanner asks. */
  readonly id: string;
  /** Ids of other scanners for the same thing, `AWS-0038` of Trivy. */
  readonly also: readonly string[];
  /** What holds where the rule is kept, in one sentence. */
  readonly title: string;
  /** The types of resources that it speaks of; of data sources with `data.` before them. */
  readonly types: readonly string[];
  /** What is wrong with one block; the message tells what to do. */
  problems(block: Block, stack: SynthesizedStack): readonly Pick<Finding, 'at' | 'message'>[];
}

/** What is known of one provider at one version. */
export interface ProviderKnowledge {
  /** Its local name and the prefix of its types: `aws`. */
  readonly name: string;
  /** The version that the schema is of. */
  readonly version: string;
  readonly schema: ProviderSchema;
  /** By type; those of a data source by `data.` and its type. */
  readonly rules: Readonly<Record<string, TypeRules>>;
  readonly policies: readonly Policy[];
  /** What stacks of one app are wrong in together. @default - nothing */
  readonly across?: (stacks: readonly SynthesizedStack[]) => readonly Finding[];
}
