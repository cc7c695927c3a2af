import { ExpressionFailure } from './arm-failures.ts';
import type { RuntimeProvider } from './contract.ts';
import { isJsonObject, type JsonObject, setMember } from './json-value.ts';
import { maximumTemplateSize } from './limits.ts';
import { printExpression } from './print-expression.ts';
import { isOpen, Residual, resolveOpen } from './residual.ts';
import { answers, noteUnresolved } from './symbolic-runtime.ts';
import { escapeTemplateText } from './template-text.ts';

/**
 * A value as it leaves the engine: plain JSON, nothing shared, nothing open. A symbolic runtime leaves expressions in it. Throws
 * `ExpressionFailure` when it is larger than a template may be, or holds an integer that JSON numbers of this platform do not.
 */
export function settle(value: unknown, runtime: RuntimeProvider): unknown {
  const real = answers(runtime);
  let size = 0;
  const copy = (item: unknown): unknown => {
    size += typeof item === 'string' ? item.length + 2 : 4;
    if (size > maximumTemplateSize) throw tooLarge();
    if (typeof item === 'string') return real ? item : escapeTemplateText(item);
    if (typeof item === 'bigint')
      throw new ExpressionFailure(
        `The integer '${item}' is beyond 2^53 and cannot be passed on exactly; convert it with 'string()'`,
      );
    if (Array.isArray(item)) return item.map(copy);
    if (isJsonObject(item)) {
      const result: JsonObject = {};
      for (const [key, child] of Object.entries(item)) {
        size += key.length + 4;
        setMember(result, key, copy(child));
      }
      return result;
    }
    if (!(item instanceof Residual)) return item;
    const text = printExpression(item.expression);
    size += text.length;
    noteUnresolved(runtime, text);
    return text;
  };
  return copy(isOpen(value) ? resolveOpen(value, runtime) : value);
}

/** About how many characters a value takes as JSON; stops counting beyond `most`. */
export function sizeOf(value: unknown, most: number): number {
  let size = 0;
  const count = (item: unknown): void => {
    if (size > most) return;
    if (typeof item === 'string') size += item.length + 2;
    else if (Array.isArray(item)) {
      size += 2;
      for (const child of item) count(child);
    } else if (isJsonObject(item)) {
      size += 2;
      for (const [key, child] of Object.entries(item)) {
        size += key.length + 4;
        count(child);
      }
    } else size += 4;
  };
  count(value);
  return size;
}

export function tooLarge(): ExpressionFailure {
  return new ExpressionFailure(
    `The expanded template exceeds the limit of '${maximumTemplateSize}' characters`,
    undefined,
    true,
  );
}
