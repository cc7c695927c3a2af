import { describe, expect, it } from 'vitest';
import { askReach } from '../../src/verify/index.ts';
import { rows } from './data/questions.ts';
import { landingZone } from './landing-zone.ts';

describe('questions with answers worked out from the statements', () => {
  it('are at least 45, and each layer decides at least once in each direction', () => {
    expect(rows.length).toBeGreaterThanOrEqual(45);
    for (const layer of ['nsg', 'route', 'peering', 'firewall']) {
      expect(
        rows.some((row) => row.layer === layer && row.verdict === 'allowed'),
        layer,
      ).toBe(true);
      expect(
        rows.some((row) => row.layer === layer && row.verdict === 'denied'),
        layer,
      ).toBe(true);
    }
  });

  it.each(
    rows.map(
      (row) =>
        [
          `${row.statements.join(', ')}: ${row.what}: ${row.ask.filter((part) => part !== undefined).join(' ')}`,
          row,
        ] as const,
    ),
  )('%s', (_title, row) => {
    const [from, to, port, protocol] = row.ask;
    const answer = askReach(landingZone(...(row.change ?? [])), {
      from,
      to,
      ...(port === undefined ? {} : { port }),
      ...(protocol === undefined ? {} : { protocol }),
    });
    const trail = answer.hops.map((hop) => `${hop.layer} ${hop.rule}`);
    expect(`${answer.verdict} by ${trail.join(' > ')}`).toContain(`${row.verdict} by`);
    if (row.verdict === 'denied') expect(trail.at(-1)).toBe(`${row.layer} ${row.rule}`);
    else expect(trail).toContain(`${row.layer} ${row.rule}`);
  });
});
