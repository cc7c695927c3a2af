import { type Html, html } from './escape.ts';
import type { Observed } from './observed.ts';
import { duration, outcome } from './words.ts';

const box = { width: 188, height: 46 } as const;
const step = { x: 232, y: 58 } as const;
/** Room for a name beside its sign. */
const nameWidth = box.width - 34 - 12;
const top = 30;
const edge = 3;

interface Placed {
  readonly one: Observed;
  readonly level: number;
  readonly row: number;
  readonly parentRow: number;
}

/**
 * The calls as a tree from left to right: a column for each caller's calls, the one that answered first, so that the chain runs
 * along the top. Never two boxes in one place: each column fills downwards.
 */
export function diagram(root: string, calls: readonly Observed[]): Html {
  const placed: Placed[] = [];
  const filled: number[] = [];
  const place = (ones: readonly Observed[], level: number, parentRow: number): void => {
    for (const one of [...ones].sort((left, right) => weight(left) - weight(right))) {
      const row = Math.max(parentRow, filled[level] ?? 0);
      filled[level] = row + 1;
      placed.push({ one, level, row, parentRow });
      place(one.below, level + 1, row);
    }
  };
  place(calls, 1, 0);

  const levels = filled.length;
  const width = edge * 2 + Math.max(1, levels - 1) * step.x + box.width;
  const height = top + Math.max(1, ...filled.filter((row) => row !== undefined)) * step.y;
  return html`<svg class="map" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="map-title map-text">
<title id="map-title">Call tree of this page load</title>
<desc id="map-text">From ${root}, a column for each further hop. The same calls are listed as text below.</desc>
${placed.map(edgeOf)}
${columnTitles(root, placed)}
<g class="ok" transform="translate(${edge} ${top})"><rect width="${box.width}" height="${box.height}" rx="9"/>
<text class="name" x="14" y="20">${root}</text><text class="fact" x="14" y="36">makes this page</text></g>
${placed.map(boxOf)}</svg>`;
}

/** Answered and with calls of its own, then answered, then the rest; within those, as called. */
const weight = (one: Observed): number => (one.below.length > 0 ? 0 : one.call.success ? 1 : 2);

const left = (level: number): number => edge + level * step.x;
const middle = (row: number): number => top + row * step.y + box.height / 2;

function edgeOf({ one, level, row, parentRow }: Placed): Html {
  const from = { x: left(level - 1) + box.width, y: middle(parentRow) };
  const to = { x: left(level), y: middle(row) };
  const bend = (to.x - from.x) / 2;
  const path = `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
  return html`<path class="${one.call.success ? 'edge-ok' : 'edge-no'}" d="${path}"/>`;
}

function boxOf({ one, level, row }: Placed): Html {
  const state = `${one.call.success ? 'ok' : 'no'}${one.asDesigned ? '' : ' odd'}`;
  const facts = `${outcome(one.call)}, ${duration(one.call.requestTimeInMs)}`;
  return html`<g class="${state}" transform="translate(${left(level)} ${top + row * step.y})">
<title>${one.caller} to ${one.target}: ${facts}</title><rect width="${box.width}" height="${box.height}" rx="9"/>
<path class="mark" d="${one.call.success ? 'M12.5 23.5l4.5 4.5 8-9.5' : 'M13.5 18.5l9 9m0-9l-9 9'}"/>
<text class="name" x="34" y="20"${fitted(one.target)}>${clip(one.target)}</text><text class="fact" x="34" y="36">${one.asDesigned ? facts : 'not as designed'}</text></g>`;
}

/** A column holds one caller's calls, or several callers' where more than one answered. */
function columnTitles(root: string, placed: readonly Placed[]): readonly Html[] {
  const callers = new Map<number, Set<string>>();
  for (const { one, level } of placed) callers.set(level, (callers.get(level) ?? new Set()).add(one.caller));
  return [...callers].map(([level, names]) => {
    const who = level === 1 ? root : names.size === 1 ? [...names].join() : `${names.size} services`;
    return html`<text class="column" x="${left(level) + 2}" y="18">${who} ${names.size > 1 ? 'call' : 'calls'}</text>`;
  });
}

/** A long name is fitted to the box, whatever font there is. */
const fitted = (name: string): Html =>
  name.length > 18 ? html` textLength="${nameWidth}" lengthAdjust="spacingAndGlyphs"` : html``;

/** The box takes about 22 characters; the whole name is in the title and in the list. */
const clip = (name: string): string => (name.length > 22 ? `${name.slice(0, 21)}…` : name);
