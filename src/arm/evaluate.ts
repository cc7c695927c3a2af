import { ExpressionFailure } from './arm-failures.ts';
import type { Environment } from './environment.ts';
import type { CallExpression, Expression, IndexExpression, PropertyExpression } from './expression.ts';
import { findFunction } from './functions/table.ts';
import { isInteger, jsonType } from './json-value.ts';
import { memberOf } from './member.ts';
import { expressionOf, foldedCall, isOpen, isResidual, Residual, resolveOpen } from './residual.ts';
import { answers } from './symbolic-runtime.ts';

/**
 * The value of an expression. Run-time functions, and whatever needs their value, come back as a `Residual` when the environment
 * has no runtime that answers. Throws `ExpressionFailure`.
 */
export function evaluate(expression: Expression, environment: Environment): unknown {
  environment.meter.spend(1);
  switch (expression.kind) {
    case 'string':
    case 'integer':
    case 'constant':
      return expression.value;
    case 'call':
      return environment.meter.deeper(() => call(expression, environment));
    case 'property':
      return property(expression, environment);
    case 'index':
      return index(expression, environment);
  }
}

function call(expression: CallExpression, environment: Environment): unknown {
  if (expression.namespace !== undefined) {
    return userCall(expression, expression.namespace, environment);
  }
  const definition = findFunction(expression.name);
  if (definition === undefined)
    throw new ExpressionFailure(
      `The template function '${expression.name}' is not valid. Please see https://aka.ms/arm-functions for usage details.`,
      expression.start,
    );
  checkCount(expression, definition.minimum, definition.maximum);
  if (definition.special !== undefined) return definition.special(expression, environment, evaluate);
  const args = expression.args.map((arg) => evaluate(arg, environment));
  if (definition.waits(args)) return suspend(expression, args, environment);
  const result = definition.apply(args, { name: expression.name, environment });
  // Parameters may hold what only the runtime knows (a secret of a vault).
  return isOpen(result) && answers(environment.runtime) ? resolveOpen(result, environment.runtime) : result;
}

/** Calls `namespace.name(…)`: a function that the template defines. */
function userCall(expression: CallExpression, namespace: string, environment: Environment): unknown {
  const found = environment.frame.userFunction(namespace, expression.name);
  if (found === undefined)
    throw new ExpressionFailure(
      `The template function '${namespace}.${expression.name}' is not valid. Please see https://aka.ms/arm-functions for usage details.`,
      expression.start,
    );
  // learn.microsoft.com, "User-defined functions in ARM template", limitations; Bicep emits 2.0 where its functions call others.
  if (environment.functionArguments !== undefined && !environment.frame.functionsMayNest)
    throw new ExpressionFailure(
      `The template function '${namespace}.${expression.name}' is not expected at this location: a user function calls another only with languageVersion '2.0'. Please see https://aka.ms/arm-functions for usage details.`,
      expression.start,
    );
  checkCount(expression, found.parameters.length, found.parameters.length);
  const args = expression.args.map((arg) => evaluate(arg, environment));
  if (args.some(isOpen)) return suspend(expression, args, environment);
  return found.invoke(args, environment.meter);
}

/** The call as a residual: its arguments folded for readers, the whole evaluated again once there is a runtime. */
function suspend(expression: CallExpression, args: readonly unknown[], environment: Environment): Residual {
  return new Residual(foldedCall(expression, args), (runtime) => evaluate(expression, { ...environment, runtime }));
}

function checkCount(expression: CallExpression, minimum: number, maximum: number): void {
  const given = expression.args.length;
  if (given >= minimum && given <= maximum) return;
  const wanted =
    minimum === maximum
      ? `${minimum}`
      : maximum === Number.POSITIVE_INFINITY
        ? `at least ${minimum}`
        : `${minimum} to ${maximum}`;
  throw new ExpressionFailure(
    `Unable to evaluate template language function '${expression.name}': function requires ${wanted} argument(s) while ${given} were provided. Please see https://aka.ms/arm-functions for usage details.`,
    expression.start,
  );
}

function property(expression: PropertyExpression, environment: Environment): unknown {
  const target = evaluate(expression.target, environment);
  if (isResidual(target)) {
    const folded: PropertyExpression = { ...expression, target: target.expression };
    return new Residual(folded, (runtime) => evaluate(expression, { ...environment, runtime }));
  }
  return memberOf(target, expression.name, expression.end);
}

function index(expression: IndexExpression, environment: Environment): unknown {
  const target = evaluate(expression.target, environment);
  const at = evaluate(expression.index, environment);
  if (isResidual(target) || isResidual(at)) {
    const folded: IndexExpression = {
      ...expression,
      target: expressionOf(target, expression.target.start, expression.target.end),
      index: expressionOf(at, expression.index.start, expression.index.end),
    };
    return new Residual(folded, (runtime) => evaluate(expression, { ...environment, runtime }));
  }
  if (Array.isArray(target)) return elementOf(target, at, expression.index.start);
  if (typeof at !== 'string')
    throw new ExpressionFailure(
      `The language expression property '${String(at)}' can't be evaluated: a property name has to be of type 'String'. Actual '${jsonType(at)}'.`,
      expression.index.start,
    );
  return memberOf(target, at, expression.end);
}

function elementOf(target: readonly unknown[], at: unknown, offset: number): unknown {
  if (!isInteger(at))
    throw new ExpressionFailure(
      `The language expression property array index '${String(at)}' is not valid: it has to be of type 'Integer'. Actual '${jsonType(at)}'.`,
      offset,
    );
  const position = Number(at);
  if (position < 0 || position >= target.length)
    throw new ExpressionFailure(
      `The language expression property array index '${String(at)}' is out of bounds.`,
      offset,
    );
  return target[position];
}
