import {
  type CallSite,
  define,
  type FunctionDefinition,
  integerArg,
  invalid,
  textArg,
  wrongType,
} from './definition.ts';

/** A 64-bit result, as a number where that is exact. */
export function integer(value: bigint, site: CallSite): number | bigint {
  if (BigInt.asIntN(64, value) !== value) throw invalid(site, 'the result does not fit into a 64-bit integer.');
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function operation(name: string, apply: (a: bigint, b: bigint, site: CallSite) => bigint): FunctionDefinition {
  return define(name, 2, 2, (args, site) =>
    integer(apply(integerArg(args, 0, site), integerArg(args, 1, site), site), site),
  );
}

function notZero(divisor: bigint, site: CallSite): bigint {
  if (divisor === 0n) throw invalid(site, 'the divisor is zero.');
  return divisor;
}

function int(args: readonly unknown[], site: CallSite): unknown {
  const value = args[0];
  if (typeof value === 'bigint') return value;
  if (typeof value === 'number') return integer(BigInt(Math.trunc(value)), site);
  const text = textArg(args, 0, site).trim();
  if (!/^[+-]?\d{1,19}$/.test(text))
    throw invalid(site, `the value '${text.slice(0, 60)}' cannot be converted to an integer.`);
  return integer(BigInt(text), site);
}

function float(args: readonly unknown[], site: CallSite): number {
  const value = args[0];
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string') throw wrongType(site, 0, 'a string or an integer', value);
  if (!/^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?\s*$/.test(value) || !Number.isFinite(Number(value)))
    throw invalid(site, `the value '${value.slice(0, 60)}' cannot be converted to a number.`);
  return Number(value);
}

export const numericFunctions: readonly FunctionDefinition[] = [
  operation('add', (a, b) => a + b),
  operation('div', (a, b, site) => a / notZero(b, site)),
  define('float', 1, 1, float),
  define('int', 1, 1, int),
  operation('mod', (a, b, site) => a % notZero(b, site)),
  operation('mul', (a, b) => a * b),
  operation('sub', (a, b) => a - b),
];
