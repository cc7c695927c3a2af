/** A part of an expression. `start` and `end` are offsets into the template string that it was parsed from, brackets included. */
export type Expression =
  | StringExpression
  | IntegerExpression
  | ConstantExpression
  | CallExpression
  | PropertyExpression
  | IndexExpression;

interface Span {
  readonly start: number;
  readonly end: number;
}

export interface StringExpression extends Span {
  readonly kind: 'string';
  readonly value: string;
}

export interface IntegerExpression extends Span {
  readonly kind: 'integer';
  /** A bigint where a number would not be exact. */
  readonly value: number | bigint;
}

/** A value that has been worked out already: made by folding, never by the parser. */
export interface ConstantExpression extends Span {
  readonly kind: 'constant';
  readonly value: unknown;
}

export interface CallExpression extends Span {
  readonly kind: 'call';
  /** Of a user function: `contoso` in `contoso.uniqueName()`. */
  readonly namespace?: string;
  readonly name: string;
  readonly args: readonly Expression[];
}

export interface PropertyExpression extends Span {
  readonly kind: 'property';
  readonly target: Expression;
  readonly name: string;
}

export interface IndexExpression extends Span {
  readonly kind: 'index';
  readonly target: Expression;
  readonly index: Expression;
}

/** The parts directly below. */
export function children(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'call':
      return expression.args;
    case 'property':
      return [expression.target];
    case 'index':
      return [expression.target, expression.index];
    default:
      return [];
  }
}

/** Calls `visit` for the expression and everything below it, outside in. */
export function walkExpression(expression: Expression, visit: (part: Expression) => void): void {
  visit(expression);
  for (const child of children(expression)) walkExpression(child, visit);
}
