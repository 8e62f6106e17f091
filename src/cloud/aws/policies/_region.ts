import type { Block, SynthesizedStack } from '../../validate/stack';
import { hasExpression } from '../../validate/template';

/** The provider of AWS that makes a block: the one it names, or the one without a name. */
export function providerOf({ body }: Block, { blocks }: SynthesizedStack): Block | undefined {
  const alias = typeof body.provider === 'string' ? body.provider.replace(/^\$\{|\}$/g, '').replace(/^aws\.?/, '') : '';
  return blocks.find(({ kind, type, name }) => kind === 'provider' && type === 'aws' && name === alias);
}

/** The region that a block is in: the one it names, or that of its provider; nothing where an expression decides. */
export function regionOf(block: Block, stack: SynthesizedStack): string | undefined {
  const region = block.body.region ?? providerOf(block, stack)?.body.region;
  return typeof region === 'string' && !hasExpression(region) ? region : undefined;
}
