import { ExpressionFailure } from './arm-failures.ts';
import { isJsonObject, keyOf } from './json-value.ts';

/** `target.name`, or an error that lists what there is. */
export function memberOf(target: unknown, name: string, offset: number): unknown {
  if (!isJsonObject(target))
    throw new ExpressionFailure(
      `The language expression property '${name}' can't be evaluated. Please see https://aka.ms/arm-functions for usage details.`,
      offset,
    );
  const key = keyOf(target, name);
  if (key !== undefined) return target[key];
  const names = Object.keys(target);
  const shown = names.slice(0, 50).join(', ');
  throw new ExpressionFailure(
    `The language expression property '${name}' doesn't exist, available properties are '${shown}${names.length > 50 ? ', …' : ''}'.`,
    offset,
  );
}
