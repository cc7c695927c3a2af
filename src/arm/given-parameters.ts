import { ExpressionFailure } from './arm-failures.ts';
import type { CallExpression } from './expression.ts';
import { isJsonObject, type JsonObject, member } from './json-value.ts';
import { printExpression } from './print-expression.ts';
import { Residual } from './residual.ts';
import { answers } from './symbolic-runtime.ts';

/** A parameter as a request gives it: a value, where a vault keeps it, or an expression of `externalInputs`. */
export interface GivenParameter {
  readonly value?: unknown;
  readonly reference?: unknown;
  readonly expression?: unknown;
}

export type GivenParameters = Readonly<Record<string, GivenParameter>>;

/** The version of the vault that secrets are asked of. */
const vaultApiVersion = '2023-07-01';

/**
 * The value of a `{keyVault: {id}, secretName, secretVersion?}` reference: a residual, for only the runtime knows it. It is asked as
 * the action `getSecret` of the vault, with `{secretName, secretVersion}` as the body, and answers with the secret's text.
 */
export function vaultSecret(reference: unknown): Residual {
  const vault = isJsonObject(reference) ? member(reference, 'keyVault') : undefined;
  const id = isJsonObject(vault) ? member(vault, 'id') : undefined;
  const secretName = isJsonObject(reference) ? member(reference, 'secretName') : undefined;
  const secretVersion = isJsonObject(reference) ? member(reference, 'secretVersion') : undefined;
  if (typeof id !== 'string' || typeof secretName !== 'string')
    throw new ExpressionFailure("A parameter 'reference' has to have 'keyVault.id' and 'secretName'");
  const at = { start: 0, end: 0 };
  const texts = [id, secretName, ...(typeof secretVersion === 'string' ? [secretVersion] : [])];
  const call: CallExpression = {
    kind: 'call',
    name: 'getSecret',
    args: texts.map((value) => ({ kind: 'string', value, ...at })),
    ...at,
  };
  const body: JsonObject = { secretName, ...(typeof secretVersion === 'string' ? { secretVersion } : {}) };
  const secret: Residual = new Residual(call, (runtime) => {
    if (!answers(runtime)) return secret;
    const value = runtime.action(id, 'getSecret', vaultApiVersion, body);
    if (typeof value !== 'string') throw new ExpressionFailure(`The secret of ${printExpression(call)} is not a text`);
    return value;
  });
  return secret;
}
