import type { CallExpression, Expression } from './expression.ts';
import { sameValue } from './functions/compare.ts';
import { isJsonObject, member } from './json-value.ts';
import { Meter } from './meter.ts';
import type { TemplateModel } from './template-model.ts';

/** What a condition comes to whatever parameters are given; undefined when that depends. */
export type Fixed = { readonly value: unknown } | undefined;

/** Names that are looked up while working one condition out, so that a variable that refers to itself ends. */
type Seen = ReadonlySet<string>;

const nothing: Seen = new Set();

/**
 * Works out a condition as far as it does not hang on parameters, loops, the surroundings or a runtime. `parse` gives the expression
 * of a text, undefined when it is none.
 */
export function fixedCondition(
  expression: Expression,
  model: TemplateModel,
  parse: (text: string) => Expression | undefined,
): boolean | undefined {
  const value = new Folding(model, parse).fold(expression, nothing)?.value;
  return typeof value === 'boolean' ? value : undefined;
}

/** One template's names; its identity is nothing but what it was made with. */
class Folding {
  readonly #model: TemplateModel;
  readonly #parse: (text: string) => Expression | undefined;

  constructor(model: TemplateModel, parse: (text: string) => Expression | undefined) {
    this.#model = model;
    this.#parse = parse;
  }

  fold(expression: Expression, seen: Seen): Fixed {
    switch (expression.kind) {
      case 'string':
      case 'integer':
      case 'constant':
        return { value: expression.value };
      case 'call':
        return expression.namespace === undefined ? this.#call(expression, seen) : undefined;
      default:
        return undefined;
    }
  }

  #call(call: CallExpression, seen: Seen): Fixed {
    const [first, second] = call.args;
    switch (call.name.toLowerCase()) {
      case 'true':
        return { value: true };
      case 'false':
        return { value: false };
      case 'not':
        return first === undefined ? undefined : this.#negated(this.fold(first, seen));
      case 'and':
        return this.#junction(call.args, false, seen);
      case 'or':
        return this.#junction(call.args, true, seen);
      case 'variables':
        return first?.kind === 'string' ? this.#variable(first.value.toLowerCase(), seen) : undefined;
      case 'equals':
        return first === undefined || second === undefined ? undefined : this.#equals(first, second, seen);
      default:
        return undefined;
    }
  }

  #negated(inner: Fixed): Fixed {
    return typeof inner?.value === 'boolean' ? { value: !inner.value } : undefined;
  }

  #junction(args: readonly Expression[], decides: boolean, seen: Seen): Fixed {
    const parts = args.map((arg) => this.fold(arg, seen));
    if (parts.some((part) => part?.value === decides)) return { value: decides };
    return parts.every((part) => part?.value === !decides) ? { value: !decides } : undefined;
  }

  #variable(name: string, seen: Seen): Fixed {
    const value = this.#model.variables.get(name)?.value;
    if (seen.has(name)) return undefined;
    if (typeof value === 'boolean' || typeof value === 'number') return { value };
    if (typeof value !== 'string') return undefined;
    const expression = this.#parse(value);
    if (expression === undefined) return value.startsWith('[') ? undefined : { value };
    return this.fold(expression, new Set([...seen, name]));
  }

  /** Two known values; or a parameter and a value that it may not have. */
  #equals(a: Expression, b: Expression, seen: Seen): Fixed {
    const [left, right] = [this.fold(a, seen), this.fold(b, seen)];
    const meter = new Meter();
    if (left !== undefined && right !== undefined) return { value: sameValue(left.value, right.value, meter) };
    const known = left ?? right;
    const allowed = this.#allowed(left === undefined ? a : b);
    if (known === undefined || allowed === undefined) return undefined;
    return allowed.some((one) => sameValue(one, known.value, meter)) ? undefined : { value: false };
  }

  /** The values that a parameter may have, when its definition lists them. */
  #allowed(expression: Expression): readonly unknown[] | undefined {
    if (expression.kind !== 'call' || expression.name.toLowerCase() !== 'parameters') return undefined;
    const name = expression.args[0];
    const definition =
      name?.kind === 'string' ? this.#model.parameters.get(name.value.toLowerCase())?.value : undefined;
    const allowed = isJsonObject(definition) ? member(definition, 'allowedValues') : undefined;
    const nullable = isJsonObject(definition) && member(definition, 'nullable') === true;
    return Array.isArray(allowed) ? (nullable ? [...allowed, null] : allowed) : undefined;
  }
}
