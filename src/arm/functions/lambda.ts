import { ExpressionFailure } from '../arm-failures.ts';
import { type Environment, type LambdaFrame, withLambda } from '../environment.ts';
import type { CallExpression, Expression } from '../expression.ts';
import { isJsonObject, type JsonObject, jsonType, setMember } from '../json-value.ts';
import { expressionOf, isResidual, Residual } from '../residual.ts';
import {
  type CallSite,
  defineSpecial,
  type Evaluate,
  type FunctionDefinition,
  invalid,
  wrongType,
} from './definition.ts';

/** A lambda as a function: fewer values than it has variables are an error, more are left out. */
type Lambda = (...values: readonly unknown[]) => unknown;

/** Thrown inside a lambda when a value in it is not known yet: the whole call has to wait. */
class NotYetKnown extends Error {}

function lambdaOf(
  expression: Expression | undefined,
  count: readonly [number, number],
  site: CallSite,
  evaluate: Evaluate,
): Lambda {
  if (expression?.kind !== 'call' || expression.name.toLowerCase() !== 'lambda' || expression.namespace !== undefined)
    throw invalid(site, 'a lambda is expected.');
  const names = expression.args.slice(0, -1).map((arg) => {
    if (arg.kind !== 'string') throw invalid(site, 'the variables of a lambda have to be string literals.');
    return arg.value.toLowerCase();
  });
  const body = expression.args.at(-1);
  if (body === undefined || names.length < count[0] || names.length > count[1])
    throw invalid(
      site,
      `a lambda with ${count[0] === count[1] ? count[0] : `${count[0]} to ${count[1]}`} variable(s) is expected.`,
    );
  return (...values) => {
    const lambda = names.reduce<LambdaFrame | undefined>(
      (outer, name, i) => ({ name, value: values[i], outer }),
      site.environment.lambda,
    );
    const result = evaluate(body, withLambda(site.environment, lambda));
    if (isResidual(result)) throw new NotYetKnown();
    return result;
  };
}

/** A function whose first argument is a value and whose others are lambdas. */
function over(
  name: string,
  argumentCount: readonly [number, number],
  apply: (value: unknown, rest: readonly Expression[], site: CallSite, evaluate: Evaluate) => unknown,
): FunctionDefinition {
  return defineSpecial(name, argumentCount[0], argumentCount[1], (call, environment, evaluate) => {
    const [first, ...rest] = call.args as [Expression, ...Expression[]];
    const value = evaluate(first, environment);
    if (isResidual(value)) return wait(call, value, environment, evaluate);
    try {
      return apply(value, rest, { name: call.name, environment }, evaluate);
    } catch (error) {
      if (error instanceof NotYetKnown) return wait(call, value, environment, evaluate);
      throw error;
    }
  });
}

function wait(call: CallExpression, value: unknown, environment: Environment, evaluate: Evaluate): Residual {
  const [first, ...rest] = call.args as [Expression, ...Expression[]];
  const folded: CallExpression = { ...call, args: [expressionOf(value, first.start, first.end), ...rest] };
  return new Residual(folded, (runtime) => evaluate(call, { ...environment, runtime }));
}

function items(value: unknown, site: CallSite): readonly unknown[] {
  if (!Array.isArray(value)) throw wrongType(site, 0, 'an array', value);
  return value;
}

function truth(value: unknown, site: CallSite): boolean {
  if (typeof value !== 'boolean')
    throw invalid(site, `the lambda has to give a value of type 'Boolean'. Actual '${jsonType(value)}'.`);
  return value;
}

function key(value: unknown, site: CallSite): string {
  if (typeof value !== 'string')
    throw invalid(site, `the lambda has to give a key of type 'String'. Actual '${jsonType(value)}'.`);
  return value;
}

function lambdaVariables(call: CallExpression, environment: Environment): unknown {
  const arg = call.args[0];
  if (arg?.kind !== 'string')
    throw new ExpressionFailure('The name of a lambda variable has to be a string literal.', call.start);
  const wanted = arg.value.toLowerCase();
  for (let frame = environment.lambda; frame !== undefined; frame = frame.outer)
    if (frame.name === wanted) return frame.value;
  throw new ExpressionFailure(`The lambda variable '${arg.value}' is not found.`, call.start);
}

export const lambdaFunctions: readonly FunctionDefinition[] = [
  over('filter', [2, 2], (value, [test], site, evaluate) => {
    const lambda = lambdaOf(test, [1, 2], site, evaluate);
    return items(value, site).filter((item, i) => truth(lambda(item, i), site));
  }),
  over('groupBy', [2, 2], (value, [by], site, evaluate) => {
    const lambda = lambdaOf(by, [1, 2], site, evaluate);
    const groups = new Map<string, unknown[]>();
    for (const [i, item] of items(value, site).entries()) {
      const name = key(lambda(item, i), site);
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [item]);
      else group.push(item);
    }
    return Object.fromEntries(groups);
  }),
  defineSpecial('lambda', 1, 10, (call) => {
    throw new ExpressionFailure('A lambda may only stand as the argument of a function that takes one.', call.start);
  }),
  defineSpecial('lambdaVariables', 1, 1, lambdaVariables),
  over('map', [2, 2], (value, [change], site, evaluate) => {
    const lambda = lambdaOf(change, [1, 2], site, evaluate);
    return items(value, site).map((item, i) => lambda(item, i));
  }),
  over('mapValues', [2, 2], (value, [change], site, evaluate) => {
    if (!isJsonObject(value)) throw wrongType(site, 0, 'an object', value);
    const lambda = lambdaOf(change, [1, 1], site, evaluate);
    const result: JsonObject = {};
    for (const [name, item] of Object.entries(value)) setMember(result, name, lambda(item));
    return result;
  }),
  over('reduce', [3, 3], (value, [start, step], site, evaluate) => {
    const lambda = lambdaOf(step, [2, 3], site, evaluate);
    const initial = evaluate(start as Expression, site.environment);
    if (isResidual(initial)) throw new NotYetKnown();
    return items(value, site).reduce((sum, item, i) => lambda(sum, item, i), initial);
  }),
  over('sort', [2, 2], (value, [before], site, evaluate) => {
    const lambda = lambdaOf(before, [2, 2], site, evaluate);
    const ahead = (a: unknown, b: unknown): boolean => truth(lambda(a, b), site);
    return [...items(value, site)].sort((a, b) => (ahead(a, b) ? -1 : ahead(b, a) ? 1 : 0));
  }),
  over('toObject', [2, 3], (value, [name, content], site, evaluate) => {
    const keyLambda = lambdaOf(name, [1, 2], site, evaluate);
    const valueLambda = content === undefined ? (item: unknown) => item : lambdaOf(content, [1, 2], site, evaluate);
    const result: JsonObject = {};
    for (const [i, item] of items(value, site).entries())
      setMember(result, key(keyLambda(item, i), site), valueLambda(item, i));
    return result;
  }),
];
