import { ExpressionFailure } from './arm-failures.ts';
import { located } from './evaluate-tree.ts';
import type { JsonPath } from './json-document.ts';
import { isJsonObject, type JsonObject, jsonType, keyOf } from './json-value.ts';

/** What the decorators of a Bicep resource become in a template. */
export interface ResourceOptions {
  /** Left alone where it is there already. */
  readonly onlyIfNotExists: boolean;
}

/**
 * The `@options` of a resource: what the decorators of Bicep become in a template with symbolic names. Azure/bicep-reps, REP 0013,
 * writes a decorator without arguments as an empty array. `waitUntil` and `retryOn`, which are experimental there, are not modelled and
 * refused by name. Throws `LocatedFailure`.
 */
export function readOptions(raw: JsonObject, path: JsonPath, symbolic: boolean): ResourceOptions {
  const key = keyOf(raw, '@options');
  const options = key === undefined ? undefined : raw[key];
  if (key === undefined || options === undefined || options === null) return { onlyIfNotExists: false };
  return located([...path, key], () => {
    if (!isJsonObject(options))
      throw new ExpressionFailure(`The '@options' have to be an 'Object'. Actual '${jsonType(options)}'`);
    let onlyIfNotExists = false;
    for (const [name, value] of Object.entries(options)) {
      if (name.toLowerCase() !== 'onlyifnotexists')
        throw new ExpressionFailure(`The option '${name.slice(0, 80)}' is not supported here`);
      if (!Array.isArray(value) || value.length > 0)
        throw new ExpressionFailure(`The option '${name}' has to be an empty 'Array': it takes no arguments`);
      onlyIfNotExists = true;
    }
    if (onlyIfNotExists && !symbolic)
      throw new ExpressionFailure("The option 'onlyIfNotExists' needs a template with symbolic names");
    return { onlyIfNotExists };
  });
}
