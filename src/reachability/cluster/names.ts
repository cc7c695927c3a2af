import { type Intervals, subtract, unite } from '../intervals.ts';
import type { NameSpace } from '../name-space.ts';
import type { NamePattern } from './model.ts';

/** The suffix pattern that holds everything that a pattern matches: what the name space must be made for. */
export function coveringPattern({ pattern }: NamePattern): string {
  if (!pattern.includes('*')) return pattern;
  const rest = pattern.slice(pattern.lastIndexOf('*') + 1);
  return `*${rest}`;
}

/** `*` as one label's characters (Cilium: any but the dot) or as anything; a lone `*` and a leading `**.` span labels everywhere. */
export function patternExpression({ pattern, depth }: NamePattern): RegExp {
  const text = pattern.toLowerCase().replace(/\.$/, '');
  if (text === '*') return /^.+$/;
  const [head, rest] = text.startsWith('**.') ? ['(?:[^.]+\\.)+', text.slice(3)] : ['', text];
  const star = depth === 'many' ? '.+' : '[^.]*';
  const body = rest
    .split('*')
    .map((literal) => literal.replace(/[.\\+?^${}()|[\]]/g, '\\$&'))
    .join(star);
  return new RegExp(`^${head}${body}$`);
}

/** Whether a pattern matches exactly the names that end as its covering pattern does. */
function isWholeSuffix({ pattern, depth }: NamePattern): boolean {
  const text = pattern.toLowerCase();
  if (text === '*' || !text.includes('*')) return true;
  const single = text.indexOf('*') === text.lastIndexOf('*');
  return text.startsWith('**.') ? !text.slice(3).includes('*') : depth === 'many' && single && text.startsWith('*.');
}

/**
 * The names that patterns match. Where a pattern takes only some of the names that the space does not tell apart (`*.example.com` for one
 * label only), those it may match, and of the names that are known one by one, exactly the right ones.
 */
export function nameSets(
  names: NameSpace,
  patterns: readonly NamePattern[],
): { readonly may: Intervals; readonly must: Intervals } {
  let may: Intervals = [];
  let must: Intervals = [];
  for (const pattern of patterns) {
    const cover = names.ofPattern(coveringPattern(pattern));
    if (isWholeSuffix(pattern)) {
      may = unite(may, cover);
      must = unite(must, cover);
      continue;
    }
    const expression = patternExpression(pattern);
    let possible = cover;
    for (const name of names.exact) {
      const set = names.ofPattern(name);
      if (expression.test(name)) must = unite(must, set);
      else possible = subtract(possible, set);
    }
    may = unite(may, possible);
  }
  return { may: unite(may, must), must };
}
