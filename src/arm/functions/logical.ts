import { ExpressionFailure } from '../arm-failures.ts';
import type { Environment } from '../environment.ts';
import type { CallExpression, Expression } from '../expression.ts';
import { isInteger } from '../json-value.ts';
import { expressionOf, isResidual, Residual } from '../residual.ts';
import { compareTexts, sameValue } from './compare.ts';
import {
  booleanArg,
  type CallSite,
  define,
  defineSpecial,
  type Evaluate,
  type FunctionDefinition,
  integerArg,
  invalid,
  many,
  wrongType,
} from './definition.ts';

/** Evaluates what may turn out not to be needed: its failure only counts once it is. */
function speculate(expression: Expression, environment: Environment, evaluate: Evaluate): Expression {
  try {
    return expressionOf(evaluate(expression, environment), expression.start, expression.end);
  } catch (error) {
    if (error instanceof ExpressionFailure && !error.fatal) return expression;
    throw error;
  }
}

/** The rest of a call whose outcome hangs on a value that is not known yet: everything in it may still be reached. */
function suspended(
  call: CallExpression,
  known: readonly unknown[],
  rest: readonly Expression[],
  environment: Environment,
  evaluate: Evaluate,
): Residual {
  const args = [
    ...known.map((value, i) => expressionOf(value, call.args[i]?.start ?? 0, call.args[i]?.end ?? 0)),
    ...rest.map((arg) => speculate(arg, environment, evaluate)),
  ];
  return new Residual({ ...call, args }, (runtime) => evaluate(call, { ...environment, runtime }));
}

function choose(call: CallExpression, environment: Environment, evaluate: Evaluate): unknown {
  const [condition, whenTrue, whenFalse] = call.args as [Expression, Expression, Expression];
  const value = evaluate(condition, environment);
  if (isResidual(value)) return suspended(call, [value], [whenTrue, whenFalse], environment, evaluate);
  const site: CallSite = { name: call.name, environment };
  return evaluate(booleanArg([value], 0, site) ? whenTrue : whenFalse, environment);
}

/** `and` and `or`: arguments are evaluated until one decides. */
function junction(decides: boolean): NonNullable<FunctionDefinition['special']> {
  return (call, environment, evaluate) => {
    const site: CallSite = { name: call.name, environment };
    for (const [i, arg] of call.args.entries()) {
      const value = evaluate(arg, environment);
      if (isResidual(value))
        return suspended(
          call,
          [...call.args.slice(0, i).map(() => !decides), value],
          call.args.slice(i + 1),
          environment,
          evaluate,
        );
      if (typeof value !== 'boolean') throw wrongType(site, i, 'a boolean', value);
      if (value === decides) return decides;
    }
    return !decides;
  };
}

function coalesce(call: CallExpression, environment: Environment, evaluate: Evaluate): unknown {
  for (const [i, arg] of call.args.entries()) {
    const value = evaluate(arg, environment);
    if (isResidual(value))
      return suspended(
        call,
        [...call.args.slice(0, i).map(() => null), value],
        call.args.slice(i + 1),
        environment,
        evaluate,
      );
    if (value !== null) return value;
  }
  return null;
}

function order(name: string, holds: (comparison: number) => boolean): FunctionDefinition {
  return define(name, 2, 2, (args, site) => {
    const [a, b] = args;
    if (isInteger(a) && isInteger(b)) return holds(BigInt(a) < BigInt(b) ? -1 : BigInt(a) > BigInt(b) ? 1 : 0);
    if (typeof a === 'number' && typeof b === 'number') return holds(a - b);
    if (typeof a === 'string' && typeof b === 'string') return holds(compareTexts(a, b));
    throw wrongType(
      site,
      isInteger(a) || typeof a === 'string' ? 1 : 0,
      'an integer or a string, both of one kind',
      isInteger(a) || typeof a === 'string' ? b : a,
    );
  });
}

function bool(args: readonly unknown[], site: CallSite): boolean {
  const value = args[0];
  if (typeof value === 'boolean') return value;
  if (isInteger(value)) return integerArg(args, 0, site) !== 0n;
  if (typeof value !== 'string') throw wrongType(site, 0, 'a string or an integer', value);
  const word = value.trim().toLowerCase();
  if (word === 'true' || word === '1') return true;
  if (word === 'false' || word === '0') return false;
  throw invalid(site, `the value '${value.slice(0, 60)}' cannot be converted to a boolean.`);
}

export const logicalFunctions: readonly FunctionDefinition[] = [
  defineSpecial('and', 1, many, junction(false)),
  define('bool', 1, 1, bool),
  defineSpecial('coalesce', 1, many, coalesce),
  define('equals', 2, 2, ([a, b], site) => sameValue(a, b, site.environment.meter)),
  define('false', 0, 0, () => false),
  order('greater', (comparison) => comparison > 0),
  order('greaterOrEquals', (comparison) => comparison >= 0),
  defineSpecial('if', 3, 3, choose),
  order('less', (comparison) => comparison < 0),
  order('lessOrEquals', (comparison) => comparison <= 0),
  define('not', 1, 1, (args, site) => !booleanArg(args, 0, site)),
  defineSpecial('or', 1, many, junction(true)),
  define('true', 0, 0, () => true),
];
