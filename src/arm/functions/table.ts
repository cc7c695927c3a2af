import { ExpressionFailure } from '../arm-failures.ts';
import { arrayFunctions } from './array.ts';
import { cidrFunctions } from './cidr.ts';
import { cloudFunctions } from './cloud.ts';
import { dateFunctions } from './date.ts';
import { defineSpecial, type FunctionDefinition } from './definition.ts';
import { encodingFunctions } from './encoding.ts';
import { hashFunctions } from './hashes.ts';
import { idFunctions } from './ids.ts';
import { lambdaFunctions } from './lambda.ts';
import { logicalFunctions } from './logical.ts';
import { numericFunctions } from './numeric.ts';
import { objectFunctions } from './object.ts';
import { listFunction, runTimeFunctions } from './run-time.ts';
import { surroundingsFunctions } from './surroundings.ts';
import { templateFunctions } from './template.ts';
import { textFunctions } from './text.ts';
import { uriFunctions } from './uri.ts';

/** Failing on purpose: `fail('why')`. */
const fail = defineSpecial('fail', 1, 1, (call, environment, evaluate) => {
  const why = evaluate(call.args[0] as (typeof call.args)[number], environment);
  throw new ExpressionFailure(typeof why === 'string' ? why : `The template function 'fail' was called.`, call.start);
});

const table: ReadonlyMap<string, FunctionDefinition> = new Map(
  [
    ...arrayFunctions,
    ...cidrFunctions,
    ...cloudFunctions,
    ...dateFunctions,
    ...encodingFunctions,
    fail,
    ...hashFunctions,
    ...idFunctions,
    ...lambdaFunctions,
    ...logicalFunctions,
    ...numericFunctions,
    ...objectFunctions,
    ...runTimeFunctions,
    ...surroundingsFunctions,
    ...templateFunctions,
    ...textFunctions,
    ...uriFunctions,
  ].map((definition) => [definition.name.toLowerCase(), definition]),
);

/** By the name as it is documented, which is how nearly everybody writes it. */
const exact: ReadonlyMap<string, FunctionDefinition> = new Map(
  [...table.values()].map((definition) => [definition.name, definition]),
);

/** A function by name without regard to case; undefined when the language has none. */
export function findFunction(name: string): FunctionDefinition | undefined {
  const known = exact.get(name);
  if (known !== undefined) return known;
  const key = name.toLowerCase();
  return table.get(key) ?? (key.startsWith('list') ? listFunction : undefined);
}

/** The names of all functions, for documentation and tests. */
export function functionNames(): readonly string[] {
  return [...table.values(), listFunction].map((definition) => definition.name).sort();
}
