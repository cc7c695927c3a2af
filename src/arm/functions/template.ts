import { ExpressionFailure } from '../arm-failures.ts';
import type { CopyFrame, Environment } from '../environment.ts';
import { type CallSite, countArg, define, type FunctionDefinition, textArg } from './definition.ts';

function parameter(args: readonly unknown[], site: CallSite): unknown {
  const name = textArg(args, 0, site);
  const { environment } = site;
  if (environment.functionArguments === undefined) return environment.frame.parameter(name);
  const key = name.toLowerCase();
  if (!environment.functionArguments.has(key))
    throw new ExpressionFailure(
      `The template parameter '${name}' is not found. Please see https://aka.ms/arm-syntax-parameters for usage details.`,
    );
  return environment.functionArguments.get(key);
}

function variable(args: readonly unknown[], site: CallSite): unknown {
  if (site.environment.functionArguments !== undefined)
    throw new ExpressionFailure(
      "The template function 'variables' is not expected at this location: a user function sees its own parameters only. Please see https://aka.ms/arm-functions for usage details.",
    );
  return site.environment.frame.variable(textArg(args, 0, site));
}

/** The loop that is meant: by name, else the nearest of a resource or output, else the nearest. */
function loop(name: string | undefined, environment: Environment): CopyFrame | undefined {
  let nearest: CopyFrame | undefined;
  for (let frame = environment.copies; frame !== undefined; frame = frame.outer) {
    if (name === undefined ? frame.unnamed : frame.name.toLowerCase() === name.toLowerCase()) return frame;
    nearest ??= frame;
  }
  return name === undefined ? nearest : undefined;
}

function copyIndex(args: readonly unknown[], site: CallSite): number {
  const named = typeof args[0] === 'string' ? args[0] : undefined;
  const frame = loop(named, site.environment);
  if (frame === undefined)
    throw new ExpressionFailure(
      named === undefined
        ? `The template function '${site.name}' is not expected at this location. The function can only be used in a resource with copy specified. Please see https://aka.ms/arm-copy for usage details.`
        : `The template function '${site.name}' refers to a copy loop '${named}' that it does not stand in. Please see https://aka.ms/arm-copy for usage details.`,
    );
  const offsetAt = named === undefined ? 0 : 1;
  const offset = args.length > offsetAt ? countArg(args, offsetAt, site) : 0;
  if (offset < 0) throw new ExpressionFailure(`The offset of the template function '${site.name}' is negative.`);
  return frame.index + offset;
}

export const templateFunctions: readonly FunctionDefinition[] = [
  define('copyIndex', 0, 2, copyIndex),
  define('parameters', 1, 1, parameter),
  define('variables', 1, 1, variable),
];
