import type { ReadDeployment } from '../synth/read.ts';

/** Strings (raw newlines allowed), comments, signs and bare words of a template as people write them. */
const tokens = /"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[{}[\]:,]|[^\s{}[\]:,"']+/g;

/** The values that a template takes as `secureString` or `secureObject`: they must stand in no message. */
export function secureValues({
  template,
  parameters,
}: Pick<ReadDeployment, 'template' | 'parameters'>): readonly string[] {
  const names = secureNames(template);
  return Object.entries(parameters)
    .filter(([name]) => names.has(name.toLowerCase()))
    .flatMap(([, parameter]) => stringsIn((parameter as { readonly value?: unknown } | undefined)?.value));
}

/**
 * The names, in lower case, above every `type` that is secure, and above every `$ref` to such a definition. Outputs and inner templates
 * count as well: a name too many only masks more. No parser: a template that the service refuses as malformed may hold a secret, too.
 */
function secureNames(template: string): ReadonlySet<string> {
  const names = new Set<string>();
  const references: (readonly [name: string, target: string])[] = [];
  const above: string[] = [];
  let [key, last] = ['', ''];
  for (const [token] of template.matchAll(tokens)) {
    if (token.startsWith('//') || token.startsWith('/*')) continue;
    const word = token.replace(/^["']|["']$/g, '').toLowerCase();
    if (token === ':') key = last;
    else if (token === '{' || token === '[') above.push(key);
    else if (token === '}' || token === ']') above.pop();
    else if (key === 'type' && /^secure(string|object)$/.test(word)) names.add(above.at(-1) ?? '');
    else if (key === '$ref') references.push([above.at(-1) ?? '', word.slice(word.lastIndexOf('/') + 1)]);
    if (token === ',' || token === '{' || token === '}') key = '';
    last = word;
  }
  for (const [name, target] of references) if (names.has(target)) names.add(name);
  return names;
}

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}
