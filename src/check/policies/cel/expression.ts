import { typeOf, type Surroundings } from './checker';
import { evaluate, type Scope } from './evaluate';
import { parse } from './parser';
import { ExpressionProblem } from './problem';
import { dyn, textOfType, type Type } from './types';
import type { Problem } from '../../../errors';
import type { Value } from './values';

/** An expression that was found right. */
export interface Compiled {
  readonly type: Type;
  readonly problems: readonly Problem[];
  /** @throws EvaluationError when it has no value */
  evaluate(scope: Scope): Value;
}

/**
 * Reads an expression and holds it against what is known where it stands.
 *
 * @param wanted the type that it has to have, for sure. @default - any
 */
export function compile(source: string, surroundings: Surroundings, wanted?: 'bool' | 'string'): Compiled {
  try {
    const expression = parse(source);
    const { type, problems } = typeOf(expression, surroundings);
    const text = textOfType(type);
    const wrong = wanted !== undefined && problems.length === 0 && text !== wanted;
    const hint = text === 'dyn' ? `, which may be one or not; write ${wanted === 'bool' ? 'a comparison' : `${wanted}(…)`}` : '';
    return {
      type,
      problems: wrong ? [{ path: 'at 1', message: `is ${text}, expected ${wanted}${hint}` }] : problems,
      evaluate: scope => evaluate(expression, scope),
    };
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    return { type: dyn, problems: [{ path: `at ${error.at + 1}`, message: error.message }], evaluate: () => null };
  }
}
