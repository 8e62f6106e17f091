/** One step from a value into it. */
export type Step =
  | { readonly kind: 'attribute'; readonly name: string }
  | { readonly kind: 'index'; readonly key: string | number }
  /** `[expression]`: which one is known only when it is computed. */
  | { readonly kind: 'computed'; readonly key: Expression }
  /** `[*]` or `.*`: what follows is taken of every member. */
  | { readonly kind: 'splat' };

/** What stands between `${` and `}`, as a tree. @see https://developer.hashicorp.com/terraform/language/expressions */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'template'; readonly parts: readonly TemplatePart[] }
  /** `root` and the steps that follow it: `aws_vpc`, `.main`, `.id`. */
  | { readonly kind: 'reference'; readonly root: string; readonly steps: readonly Step[] }
  | { readonly kind: 'access'; readonly of: Expression; readonly steps: readonly Step[] }
  | { readonly kind: 'call'; readonly name: string; readonly given: readonly Expression[]; readonly spread: boolean }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: Expression, value: Expression])[] }
  | ForExpression
  | { readonly kind: 'conditional'; readonly test: Expression; readonly then: Expression; readonly otherwise: Expression }
  | { readonly kind: 'operation'; readonly operator: string; readonly operands: readonly Expression[] };

export interface ForExpression {
  readonly kind: 'for';
  /** The names it binds: of the member, or of the key and the member. */
  readonly names: readonly string[];
  readonly collection: Expression;
  /** Of a `for` that makes a map. */
  readonly key?: Expression;
  readonly value: Expression;
  readonly condition?: Expression;
  /** Whether members of one key are put together: `...`. */
  readonly grouped?: boolean;
}

/** Literal text, or an expression in it. */
export type TemplatePart = string | Expression;

/** The text of an expression as it is told to people: `aws_vpc.main.id`. */
export function toldSteps(steps: readonly Step[]): string {
  return steps.map(step => {
    switch (step.kind) {
      case 'attribute': return `.${step.name}`;
      case 'index': return `[${JSON.stringify(step.key)}]`;
      case 'computed': return '[…]';
      case 'splat': return '[*]';
    }
  }).join('');
}

/** The expressions that an expression is made of, each with the names that a `for` binds in it. */
export function partsOf(expression: Expression): readonly { readonly part: Expression; readonly names?: readonly string[] }[] {
  const all = (parts: readonly Expression[]) => parts.map(part => ({ part }));
  switch (expression.kind) {
    case 'literal': return [];
    case 'template': return all(expression.parts.filter(part => typeof part !== 'string'));
    case 'reference': return all(computedKeys(expression.steps));
    case 'access': return all([expression.of, ...computedKeys(expression.steps)]);
    case 'call': return all(expression.given);
    case 'list': return all(expression.items);
    case 'object': return all(expression.entries.flat());
    case 'conditional': return all([expression.test, expression.then, expression.otherwise]);
    case 'operation': return all(expression.operands);
    case 'for': return [
      { part: expression.collection },
      ...[expression.key, expression.value, expression.condition].filter(part => part !== undefined).map(part => ({ part, names: expression.names })),
    ];
  }
}

const computedKeys = (steps: readonly Step[]) => steps.flatMap(step => (step.kind === 'computed' ? [step.key] : []));
