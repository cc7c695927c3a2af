import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { holds, intersect, subtract } from './intervals.ts';
import { nameSpace, patternHolds } from './name-space.ts';

/** Names over a tiny alphabet, so that patterns nest often. */
const label = fc.constantFrom('a', 'b', 'ab');
const name = fc.array(label, { minLength: 1, maxLength: 3 }).map((labels) => labels.join('.'));
const pattern = fc.oneof(
  name,
  name.map((text) => `*.${text}`),
  name.map((text) => `*${text}`),
);

/** The second method: what Azure Firewall documents of a leading asterisk, as text comparison. */
const matches = (wild: string, host: string): boolean =>
  wild.startsWith('*') ? host.endsWith(wild.slice(1)) : host === wild;

describe('name space', () => {
  it('says of every exact name what text comparison says', () => {
    fc.assert(
      fc.property(
        fc.array(pattern, { maxLength: 6 }),
        fc.array(name, { minLength: 1, maxLength: 4 }),
        (patterns, hosts) => {
          const space = nameSpace([...patterns, ...hosts], ['Tag']);
          for (const host of hosts) {
            const [coordinate] = space.ofPattern(host);
            for (const wild of patterns) {
              expect(holds(space.ofPattern(wild), coordinate as number), `${wild} ${host}`).toBe(matches(wild, host));
            }
          }
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('knows when a pattern lies within another', () => {
    expect(patternHolds('*.example.com', 'www.example.com')).toBe(true);
    expect(patternHolds('*.example.com', '*.eu.example.com')).toBe(true);
    expect(patternHolds('*.example.com', 'example.com')).toBe(false);
    expect(patternHolds('*', 'anything.example')).toBe(true);
  });

  it('keeps FQDN tags and names independent: a name may or may not be in a tag', () => {
    const space = nameSpace(['www.example.com'], ['WindowsUpdate']);
    const [host, tag] = [space.ofPattern('www.example.com'), space.ofTag('windowsupdate')];
    expect(intersect(host, tag)).not.toEqual([]);
    expect(subtract(host, tag)).not.toEqual([]);
    expect(holds(space.ofPattern('*'), 0)).toBe(false);
  });

  it('refuses patterns that it was not made for', () => {
    expect(() => nameSpace([], []).ofPattern('www.example.com')).toThrow(RangeError);
  });
});
