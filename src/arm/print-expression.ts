import type { Expression } from './expression.ts';
import { isJsonObject } from './json-value.ts';
import { Residual } from './residual.ts';

/** Writes an expression with its brackets, so that `parseExpression` reads the same back. */
export function printExpression(expression: Expression): string {
  return `[${print(expression)}]`;
}

function print(expression: Expression): string {
  switch (expression.kind) {
    case 'string':
      return quote(expression.value);
    case 'integer':
      return String(expression.value);
    case 'constant':
      return printConstant(expression.value);
    case 'call': {
      const name = expression.namespace === undefined ? expression.name : `${expression.namespace}.${expression.name}`;
      return `${name}(${expression.args.map(print).join(', ')})`;
    }
    case 'property':
      return `${print(expression.target)}.${expression.name}`;
    case 'index':
      return `${print(expression.target)}[${print(expression.index)}]`;
  }
}

/** A known value in the words of the language: it has calls, not literals, for everything but strings and integers. */
function printConstant(value: unknown): string {
  if (value instanceof Residual) return print(value.expression);
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'boolean') return `${value}()`;
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isSafeInteger(value))) return String(value);
  if (typeof value === 'number') return `json('${value}')`;
  if (Array.isArray(value)) return `createArray(${value.map(printConstant).join(', ')})`;
  if (isJsonObject(value))
    return `createObject(${Object.entries(value)
      .map(([key, item]) => `${quote(key)}, ${printConstant(item)}`)
      .join(', ')})`;
  return 'null()';
}

const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;
