import { type Intervals, interval, intervals } from './intervals.ts';

/**
 * Host names as integers. The patterns in use (exact names and suffixes such as `*.example.com`) nest or are disjoint, so they form a
 * forest; in its pre-order every pattern with all that it holds is one run. Vendor-kept sets of names (FQDN tags, web categories) are
 * opaque: the forest is repeated once for each, as service tags repeat the public addresses (see `AddressSpace`).
 * Coordinate 0 is a packet that carries no name.
 */
export interface NameSpace {
  /** Every name, and no name. */
  readonly all: Intervals;
  /** A packet without a name. */
  readonly unnamed: Intervals;
  /** Every name. */
  readonly named: Intervals;
  /** The names without an asterisk that the space was made for. */
  readonly exact: readonly string[];
  /** The names that a pattern matches, under every tag. Throws RangeError for a pattern that the space was not made for. */
  ofPattern(pattern: string): Intervals;
  ofTag(tag: string): Intervals;
  describe(coordinate: number): string | undefined;
  describeSet(set: Intervals): string;
}

interface Node {
  readonly pattern: string;
  readonly suffix: string | undefined;
  first: number;
  end: number;
}

const normal = (pattern: string): string => pattern.toLowerCase().replace(/\.$/, '');

/** Whether every name that `inner` matches is matched by `outer`. */
export function patternHolds(outer: string, inner: string): boolean {
  const [wide, narrow] = [normal(outer), normal(inner)];
  if (wide === narrow || wide === '*') return true;
  return wide.startsWith('*') && narrow.replace(/^\*/, '').endsWith(wide.slice(1));
}

export function nameSpace(patterns: Iterable<string>, tags: Iterable<string>): NameSpace {
  const unique = [...new Set([...patterns].map(normal))].filter((pattern) => pattern !== '*');
  // A parent is the longest suffix that holds the pattern; sorting by reversed text puts whatever ends alike together,
  // shorter first, so that one pass with a stack finds parents.
  const keyOf = (pattern: string): string => [...pattern.replace(/^\*/, '')].reverse().join('');
  unique.sort((a, b) => {
    const [left, right] = [keyOf(a), keyOf(b)];
    if (left !== right) return left < right ? -1 : 1;
    return a.startsWith('*') ? -1 : 1;
  });
  const root: Node = { pattern: '*', suffix: '', first: 0, end: 0 };
  const nodes: Node[] = [root];
  const open: Node[] = [root];
  for (const pattern of unique) {
    while (!patternHolds((open.at(-1) as Node).pattern, pattern)) (open.pop() as Node).end = nodes.length;
    const node: Node = {
      pattern,
      suffix: pattern.startsWith('*') ? pattern.slice(1) : undefined,
      first: nodes.length,
      end: 0,
    };
    nodes.push(node);
    open.push(node);
  }
  for (const node of open) node.end = nodes.length;

  const size = nodes.length;
  const tagNames = new Map<string, string>();
  for (const tag of tags) if (!tagNames.has(tag.toLowerCase())) tagNames.set(tag.toLowerCase(), tag);
  const tagTexts = [...tagNames.values()];
  const copies = tagTexts.length + 1;
  const byPattern = new Map(nodes.map((node) => [node.pattern, node]));
  const all = interval(0, 1 + copies * size);

  return {
    all,
    unnamed: interval(0, 1),
    named: interval(1, 1 + copies * size),
    exact: unique.filter((pattern) => !pattern.startsWith('*')),
    ofPattern(pattern) {
      const node = byPattern.get(normal(pattern));
      if (node === undefined) throw new RangeError(`the name space was not made for ${pattern}`);
      return intervals(
        Array.from({ length: copies }, (_, k) => [1 + k * size + node.first, 1 + k * size + node.end] as const),
      );
    },
    ofTag(tag) {
      const k = [...tagNames.keys()].indexOf(tag.toLowerCase());
      return k < 0 ? [] : interval(1 + (k + 1) * size, 1 + (k + 2) * size);
    },
    describe(coordinate) {
      if (coordinate === 0) return undefined;
      const tag = tagTexts[Math.floor((coordinate - 1) / size) - 1];
      const node = nodes[(coordinate - 1) % size] as Node;
      const name =
        node === root
          ? tag === undefined
            ? 'any-other-name.example'
            : ''
          : node.suffix === undefined
            ? node.pattern
            : `some-name${node.suffix.startsWith('.') ? '' : '-'}${node.suffix}`;
      return tag === undefined ? name : name === '' ? `a name of FQDN tag ${tag}` : `${name} (if in FQDN tag ${tag})`;
    },
    describeSet(set) {
      if (set.length === 2 && set[0] === 0 && (set[1] as number) >= (all[1] as number)) return 'any or no name';
      const words: string[] = [];
      for (let c = 0; c < (all[1] as number) && words.length < 5; c++) {
        if (set.some((from, i) => i % 2 === 0 && c >= from && c < (set[i + 1] as number))) {
          words.push(this.describe(c) ?? 'no name');
        }
      }
      return words.join(', ');
    },
  };
}
