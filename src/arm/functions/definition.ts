import { ExpressionFailure } from '../arm-failures.ts';
import type { Environment } from '../environment.ts';
import type { CallExpression, Expression } from '../expression.ts';
import { isInteger, isJsonObject, type JsonObject, jsonType } from '../json-value.ts';
import { isOpen, isResidual } from '../residual.ts';

export type Evaluate = (expression: Expression, environment: Environment) => unknown;

/** Where a function is called: its name as written, for messages, and what surrounds it. */
export interface CallSite {
  readonly name: string;
  readonly environment: Environment;
}

/** A function of the language. Arguments of an ordinary one are evaluated before it is applied. */
export interface FunctionDefinition {
  readonly name: string;
  readonly minimum: number;
  readonly maximum: number;
  /** Whether it has to wait for a runtime, given arguments that are not all known. */
  waits(args: readonly unknown[]): boolean;
  apply(args: readonly unknown[], site: CallSite): unknown;
  /** Instead of `apply`, for those that do not evaluate all of their arguments, or not in the plain way. */
  readonly special?: (call: CallExpression, environment: Environment, evaluate: Evaluate) => unknown;
}

type Apply = FunctionDefinition['apply'];

/** An ordinary function. `maximum` is the same as `minimum` unless given. */
export function define(name: string, minimum: number, maximum: number, apply: Apply): FunctionDefinition {
  return { name, minimum, maximum, waits: (args) => args.some(isOpen), apply };
}

/** A function that moves whole values about and so does not mind what is inside them. */
export function defineStructural(name: string, minimum: number, maximum: number, apply: Apply): FunctionDefinition {
  return { name, minimum, maximum, waits: (args) => args.some(isResidual), apply };
}

/** A function that puts its arguments into a container: only those at some positions have to be known. */
export function defineContainer(
  name: string,
  minimum: number,
  maximum: number,
  known: (position: number) => boolean,
  apply: Apply,
): FunctionDefinition {
  const waits = (args: readonly unknown[]): boolean => args.some((arg, i) => known(i) && isResidual(arg));
  return { name, minimum, maximum, waits, apply };
}

export function defineSpecial(
  name: string,
  minimum: number,
  maximum: number,
  special: NonNullable<FunctionDefinition['special']>,
): FunctionDefinition {
  const apply = (): never => {
    throw new TypeError(`${name} evaluates its own arguments`);
  };
  return { name, minimum, maximum, waits: () => false, apply, special };
}

export const many = Number.POSITIVE_INFINITY;

/** ARM's sentence for an argument of the wrong type. */
export function wrongType(site: CallSite, position: number, expected: string, value: unknown): ExpressionFailure {
  return new ExpressionFailure(
    `The template language function '${site.name}' expects its ${ordinal(position)} parameter to be ${expected}. The provided value is of type '${jsonType(value)}'. Please see https://aka.ms/arm-functions for usage details.`,
  );
}

/** Any other complaint about arguments. */
export function invalid(site: CallSite, what: string): ExpressionFailure {
  return new ExpressionFailure(
    `Unable to evaluate template language function '${site.name}': ${what} Please see https://aka.ms/arm-functions for usage details.`,
  );
}

export function textArg(args: readonly unknown[], at: number, site: CallSite): string {
  const value = args[at];
  if (typeof value !== 'string') throw wrongType(site, at, 'a string', value);
  return value;
}

export function integerArg(args: readonly unknown[], at: number, site: CallSite): bigint {
  const value = args[at];
  if (!isInteger(value)) throw wrongType(site, at, 'an integer', value);
  return BigInt(value);
}

/** An integer that counts characters or elements. */
export function countArg(args: readonly unknown[], at: number, site: CallSite): number {
  return Number(integerArg(args, at, site));
}

export function booleanArg(args: readonly unknown[], at: number, site: CallSite): boolean {
  const value = args[at];
  if (typeof value !== 'boolean') throw wrongType(site, at, 'a boolean', value);
  return value;
}

export function arrayArg(args: readonly unknown[], at: number, site: CallSite): readonly unknown[] {
  const value = args[at];
  if (!Array.isArray(value)) throw wrongType(site, at, 'an array', value);
  return value;
}

export function objectArg(args: readonly unknown[], at: number, site: CallSite): JsonObject {
  const value = args[at];
  if (!isJsonObject(value)) throw wrongType(site, at, 'an object', value);
  return value;
}

function ordinal(position: number): string {
  return ['first', 'second', 'third', 'fourth', 'fifth'][position] ?? `${position + 1}th`;
}
