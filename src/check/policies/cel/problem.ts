/** What is wrong with the text of an expression, and where. */
export class ExpressionProblem extends Error {
  /** Position in the text, from 0. */
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/** Why an expression has no value for some object, as an API server would say: it refuses the object. */
export class EvaluationError extends Error {}
