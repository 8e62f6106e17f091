/** The JSON that cdktf writes for one stack. @see https://developer.hashicorp.com/terraform/language/syntax/json */
export interface TerraformJson {
  readonly terraform?: Readonly<Record<string, unknown>>;
  readonly provider?: Readonly<Record<string, readonly Arguments[]>>;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly output?: Readonly<Record<string, Arguments>>;
  readonly variable?: Readonly<Record<string, Arguments>>;
  readonly locals?: Arguments;
  readonly [section: string]: unknown;
}

/** Arguments of a block as they stand in the JSON: numbers, texts with expressions in them, blocks as objects or lists of them. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A resource, a data source or a provider of a synthesized stack. */
export interface Block {
  readonly kind: 'resource' | 'data' | 'provider';
  /** `aws_vpc`, or the local name of a provider. */
  readonly type: string;
  /** The name that follows the type in its address; of a provider its alias, or nothing. */
  readonly name: string;
  /** What expressions call it: `aws_vpc.network`, `data.aws_vpc.network`, `provider.aws`. */
  readonly address: string;
  /** The path of the construct that made it, by which people find it in their code; the address where nothing tells. */
  readonly path: string;
  /** Its arguments, without what cdktf says about them. */
  readonly body: Arguments;
}

/** A synthesized stack, read once for everything that judges it. */
export interface SynthesizedStack {
  readonly name: string;
  readonly json: TerraformJson;
  /** Resources, data sources and providers in the order of the JSON. */
  readonly blocks: readonly Block[];
  /** The resource or data source of an address. */
  blockAt(address: string): Block | undefined;
  /** The blocks of one type, such as `aws_subnet`, resources only. */
  ofType(type: string): readonly Block[];
}

/** One thing that is wrong with a synthesized stack. */
export interface Finding {
  /** What found it: `terraform` for what Terraform itself would refuse, `provider` for what its provider would, or the id of a policy. */
  readonly rule: string;
  /** The path of the construct. */
  readonly path: string;
  /** The address of the block, or the section of the stack. */
  readonly address: string;
  /** The argument inside the block: `vpc_config[0].subnet_ids`; empty for the block as a whole. */
  readonly at: string;
  /** What is wrong and what to do: `is "90d", expected a number of days; write 90`. */
  readonly message: string;
}

/** Reads the JSON of a stack, as an object or as cdktf wrote it. */
export function readStack(name: string, json: TerraformJson): SynthesizedStack {
  const blocks: Block[] = [
    ...Object.entries(json.provider ?? {}).flatMap(([type, list]) => [list].flat().map((body): Block => {
      const alias = typeof body.alias === 'string' ? body.alias : '';
      return blockOf('provider', type, alias, `provider.${type}${alias && `.${alias}`}`, body);
    })),
    ...(['resource', 'data'] as const).flatMap(kind => Object.entries(json[kind] ?? {}).flatMap(([type, named]) => Object.entries(named)
      .map(([block, body]) => blockOf(kind, type, block, `${kind === 'data' ? 'data.' : ''}${type}.${block}`, body)))),
  ];
  const byAddress = new Map(blocks.map(block => [block.address, block]));
  const byType = new Map<string, Block[]>();
  for (const block of blocks) if (block.kind === 'resource') byType.set(block.type, [...byType.get(block.type) ?? [], block]);
  return {
    name, json, blocks,
    blockAt: address => byAddress.get(address),
    ofType: type => byType.get(type) ?? [],
  };
}

function blockOf(kind: Block['kind'], type: string, name: string, address: string, { '//': about, ...body }: Arguments): Block {
  const { path } = (about as { metadata?: { path?: string } } | undefined)?.metadata ?? {};
  return { kind, type, name, address, path: path ?? address, body };
}
