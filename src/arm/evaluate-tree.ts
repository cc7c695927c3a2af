import { ExpressionFailure } from './arm-failures.ts';
import type { CopyFrame, Environment } from './environment.ts';
import { evaluate } from './evaluate.ts';
import type { Expression } from './expression.ts';
import type { JsonPath } from './json-document.ts';
import { isInteger, isJsonObject, type JsonObject, jsonType, keyOf, member, setMember } from './json-value.ts';
import { maximumCopyCount } from './limits.ts';
import { parseExpression } from './parse-expression.ts';
import { isResidual, markOpen } from './residual.ts';
import { templateText } from './template-text.ts';

/** A failure with the way to the value in which it happened. */
export class LocatedFailure extends Error {
  override readonly name = 'LocatedFailure';
  readonly path: JsonPath;
  readonly failure: ExpressionFailure;

  constructor(path: JsonPath, failure: ExpressionFailure) {
    super(failure.message);
    this.path = path;
    this.failure = failure;
  }
}

const parsed = new Map<string, Expression>();
const parsedLimit = 5_000;

/** Parses, and remembers: copies and nested templates repeat the same texts. */
export function parseCached(text: string): Expression {
  let expression = parsed.get(text);
  if (expression === undefined) {
    expression = parseExpression(text);
    if (parsed.size >= parsedLimit) parsed.clear();
    parsed.set(text, expression);
  }
  return expression;
}

/** The value of a template string: its expression's, or the text itself. */
export function evaluateText(text: string, environment: Environment): unknown {
  const parts = templateText(text);
  return parts.kind === 'literal' ? parts.text : evaluate(parseCached(parts.text), environment);
}

/**
 * Evaluates every expression in a value, property names included, and unrolls `copy` inside objects. What only a runtime knows stays
 * as `Residual`s at its place. Throws `LocatedFailure` with the path below `value`, extended by `path`.
 */
export function evaluateTree(value: unknown, environment: Environment, path: JsonPath = []): unknown {
  environment.meter.spend(1);
  if (typeof value === 'string') {
    if (!value.startsWith('[')) return value;
    return located(path, () => evaluateText(value, environment));
  }
  if (Array.isArray(value)) {
    const items = value.map((item, i) => evaluateTree(item, environment, [...path, i]));
    return markOpen(items, items);
  }
  if (!isJsonObject(value)) return value;
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    if (isCopy(key, item)) {
      for (const [name, items] of propertyCopies(item, environment, [...path, key])) setMember(result, name, items);
      continue;
    }
    const name = key.startsWith('[') ? located([...path, key], () => propertyName(key, environment)) : key;
    setMember(result, name, evaluateTree(item, environment, [...path, key]));
  }
  return markOpen(result, Object.values(result));
}

/** Runs `work`, and says where when it fails. */
export function located<Result>(path: JsonPath, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw error instanceof ExpressionFailure ? new LocatedFailure(path, error) : error;
  }
}

function propertyName(key: string, environment: Environment): string {
  const name = evaluateText(key, environment);
  if (isResidual(name))
    throw new ExpressionFailure(`The property name '${key}' has to be known before any resource is deployed.`);
  if (typeof name !== 'string')
    throw new ExpressionFailure(`The property name '${key}' has to be of type 'String'. Actual '${jsonType(name)}'.`);
  return name;
}

/** A `copy` property is a loop when it is an array of `{name, count, input}`. */
function isCopy(key: string, value: unknown): value is readonly JsonObject[] {
  return (
    key.toLowerCase() === 'copy' &&
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      (item) => isJsonObject(item) && keyOf(item, 'count') !== undefined && keyOf(item, 'input') !== undefined,
    )
  );
}

/** The properties that a `copy` array makes: each name with its items. */
export function propertyCopies(
  loops: readonly JsonObject[],
  environment: Environment,
  path: JsonPath,
): readonly (readonly [string, unknown])[] {
  return loops.map((loop, i) => {
    const name = member(loop, 'name');
    if (typeof name !== 'string' || name === '')
      throw new LocatedFailure(
        [...path, i],
        new ExpressionFailure(
          "The 'copy' property must have a 'name' of type 'String'. Please see https://aka.ms/arm-copy for usage details.",
        ),
      );
    return [name, copyItems(loop, name, false, environment, [...path, i])] as const;
  });
}

/** The items of one loop `{count, input}`, each evaluated with its own index. */
export function copyItems(
  loop: JsonObject,
  name: string,
  unnamed: boolean,
  environment: Environment,
  path: JsonPath,
): unknown[] {
  const count = copyCount(member(loop, 'count'), environment, [...path, keyOf(loop, 'count') ?? 'count']);
  const inputKey = keyOf(loop, 'input') ?? 'input';
  const items = Array.from({ length: count }, (_, index) => {
    const copies: CopyFrame = { name, index, unnamed, outer: environment.copies };
    return evaluateTree(loop[inputKey], { ...environment, copies }, [...path, inputKey]);
  });
  return markOpen(items, items);
}

/** The count of a loop: 0 to 800, known before anything is deployed. */
export function copyCount(value: unknown, environment: Environment, path: JsonPath): number {
  return located(path, () => {
    const count = typeof value === 'string' ? evaluateText(value, { ...environment, runtimeAllowed: false }) : value;
    if (isResidual(count))
      throw new ExpressionFailure("The copy 'count' has to be known before any resource is deployed.");
    if (!isInteger(count))
      throw new ExpressionFailure(
        `The template 'copy' count is not valid: expected a value of type 'Integer'. Actual '${jsonType(count)}'. Please see https://aka.ms/arm-copy for usage details.`,
      );
    if (count < 0 || count > maximumCopyCount)
      throw new ExpressionFailure(
        `The 'copy' count '${String(count)}' is not valid. The value should be between '0' and '${maximumCopyCount}'. Please see https://aka.ms/arm-copy for usage details.`,
      );
    return Number(count);
  });
}
