import type { Place } from '../kernel/place.ts';
import { ArmError, type ArmErrorBody } from './arm-error.ts';
import { atLine, ExpressionFailure, violation } from './arm-failures.ts';
import type { DeploymentValue, Expansion } from './contract.ts';
import type { Environment } from './environment.ts';
import { copyItems, evaluateText, evaluateTree, LocatedFailure, located } from './evaluate-tree.ts';
import { isJsonObject, type JsonObject, jsonType, keyOf, member, setMember } from './json-value.ts';
import { checkType, isSecure, resolveDefinition, type TypeScope, typeOf, type ValueType } from './parameter-types.ts';
import { settle } from './settle.ts';
import type { Named } from './template-model.ts';
import type { Violations } from './violations.ts';

interface PreparedOutput {
  readonly name: string;
  readonly place: Place | undefined;
  readonly type: ValueType;
  readonly definition: JsonObject;
  /** Open where it needs a runtime. */
  readonly value: unknown;
}

/** Prepares the outputs of a template; those with a false condition are left out. What is wrong before anything runs is reported. */
export function readOutputs(
  outputs: readonly Named[],
  environment: Environment,
  types: TypeScope,
  violations: Violations,
): Expansion['outputs'] {
  const prepared = outputs.flatMap((one) => {
    const describe = (inner: string): string =>
      `The template output '${one.name}'${atLine(violations.place(one.path))} is not valid: ${inner}. Please see https://aka.ms/arm-syntax-outputs for usage details.`;
    const output = violations.attempt(one.path, describe, () =>
      prepare(one, environment, types, violations.place(one.path)),
    );
    return output === undefined || output === 'left out' ? [] : [output];
  });
  return (runtime) => {
    const result: Record<string, DeploymentValue> = {};
    const failed: ArmErrorBody[] = [];
    for (const one of prepared) {
      try {
        const value = settle(one.value, runtime);
        const wrong = checkType(value, one.definition, types);
        // A symbolic runtime leaves expressions where values of another type will be.
        const open = typeof value === 'string' && typeof one.value !== 'string';
        if (wrong !== undefined && !open)
          throw new ExpressionFailure(wrong.message.replace('Template parameter', 'Template output'));
        setMember(result, one.name, isSecure(one.type) ? { type: one.type } : { type: one.type, value });
      } catch (error) {
        failed.push(outputError(one, error));
      }
    }
    if (failed.length > 0) throw outputsFailed(failed);
    return result;
  };
}

function prepare(
  one: Named,
  environment: Environment,
  types: TypeScope,
  place: Place | undefined,
): PreparedOutput | 'left out' {
  if (!isJsonObject(one.value)) throw new ExpressionFailure(`expected 'Object'. Actual '${jsonType(one.value)}'`);
  const definition = resolveDefinition(one.value, types);
  const type = definition === undefined ? undefined : typeOf(definition);
  if (definition === undefined || type === undefined)
    throw new ExpressionFailure(
      `its type '${String(member(one.value, 'type'))}' is not one of 'String, SecureString, Int, Bool, Object, SecureObject, Array'`,
    );
  const conditionKey = keyOf(one.value, 'condition');
  if (conditionKey !== undefined) {
    const given = one.value[conditionKey];
    const condition =
      typeof given === 'string' ? located([...one.path, conditionKey], () => evaluateText(given, environment)) : given;
    if (condition === false) return 'left out';
    if (condition !== true)
      throw new ExpressionFailure(`the 'condition' has to be of type 'Boolean'. Actual '${jsonType(condition)}'`);
  }
  const running: Environment = { ...environment, runtimeAllowed: true };
  const copyKey = keyOf(one.value, 'copy');
  const copy = copyKey === undefined ? undefined : one.value[copyKey];
  if (copyKey !== undefined && isJsonObject(copy))
    return {
      name: one.name,
      place,
      type,
      definition,
      value: copyItems(copy, one.name, true, running, [...one.path, copyKey]),
    };
  const valueKey = keyOf(one.value, 'value');
  if (valueKey === undefined) throw new ExpressionFailure("the required property 'value' is missing");
  return {
    name: one.name,
    place,
    type,
    definition,
    value: evaluateTree(one.value[valueKey], running, [...one.path, valueKey]),
  };
}

function outputError({ name, place }: PreparedOutput, error: unknown): ArmErrorBody {
  const additionalInfo = [violation(place)];
  const failure = error instanceof LocatedFailure ? error.failure : error;
  if (failure instanceof ArmError)
    return {
      code: 'DeploymentOutputEvaluationFailed',
      target: name,
      message: failure.body.message,
      details: [failure.body],
      additionalInfo,
    };
  if (!(failure instanceof ExpressionFailure)) throw error;
  return {
    code: 'DeploymentOutputEvaluationFailed',
    target: name,
    message: `The template output '${name}' is not valid: ${failure.message.replace(/\.$/, '')}.`,
    additionalInfo,
  };
}

function outputsFailed(failed: readonly ArmErrorBody[]): ArmError {
  const names = failed.map((one) => one.target).join(', ');
  return new ArmError(400, {
    code: 'DeploymentOutputEvaluationFailed',
    message: `Unable to evaluate template outputs: '${names}'. Please see error details and deployment operations. Please see https://aka.ms/arm-common-errors for usage details.`,
    details: failed,
    additionalInfo: failed[0]?.additionalInfo ?? [],
  });
}
