import type { ReadDeployment } from '../synth/read.ts';

/** `name: {… "type": "secureString" …}`, however the template is written; inside a parameter's braces there are none before its type. */
const secureParameter = /["']?([\w$-]+)["']?\s*:\s*\{[^{}]*?["']?type["']?\s*:\s*["']secure(?:string|object)["']/gi;

/** The values that a template takes as `secureString` or `secureObject`: they must stand in no message. */
export function secureValues({
  template,
  parameters,
}: Pick<ReadDeployment, 'template' | 'parameters'>): readonly string[] {
  const names = new Set([...template.matchAll(secureParameter)].map((match) => (match[1] ?? '').toLowerCase()));
  return Object.entries(parameters)
    .filter(([name]) => names.has(name.toLowerCase()))
    .flatMap(([, parameter]) => stringsIn((parameter as { readonly value?: unknown } | undefined)?.value));
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
