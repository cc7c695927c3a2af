import type { Json } from '../kernel/canonical-json.ts';
import type { Scope } from '../model/scope.ts';
import { dependencyExpression, type Target } from './expression.ts';

type JsonObject = { readonly [key: string]: Json | undefined };

/** An entry of a template's `resources`, with what it is. */
export interface Entry {
  readonly target: Target;
  readonly body: JsonObject;
}

/**
 * Entries under symbolic names, in their order, and their `dependsOn` by these names: the form of language version 2.0, which
 * `@options` needs. The last name of a resource is its symbol, as far as symbols take its characters.
 */
export function withSymbolicNames(entries: readonly Entry[], scope: Scope): Readonly<Record<string, JsonObject>> {
  const symbols = new Map<string, string>();
  const taken = new Set<string>();
  for (const { target } of entries) {
    const word = (target.names.at(-1) ?? '').replace(/\W+/g, '_').replace(/^(?=\d)/, '_');
    let symbol = word;
    for (let next = 2; taken.has(symbol); next++) symbol = `${word}_${next}`;
    taken.add(symbol);
    symbols.set(`[${dependencyExpression(target, scope)}]`, symbol);
  }
  return Object.fromEntries(
    entries.map(({ target, body }) => {
      const { dependsOn, ...rest } = body;
      const needs = (dependsOn as readonly string[] | undefined)?.map((text) => symbols.get(text) ?? text);
      const symbol = symbols.get(`[${dependencyExpression(target, scope)}]`) as string;
      return [symbol, needs === undefined ? rest : { ...rest, dependsOn: needs.sort() }];
    }),
  );
}
