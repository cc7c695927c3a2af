import { isMap, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml';
import { Problem, throwIfAny } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import type { Place } from '../kernel/place.ts';
import type { ControlId } from '../model/control.ts';
import type { Intent, TrafficText } from '../model/intent.ts';
import { parsePorts } from './read-terms.ts';

/** An intent with the place where it stands. */
export interface PlacedIntent extends Intent {
  readonly place: Place;
}

const expectations = ['allowed', 'denied', 'possible'] as const satisfies readonly Intent['expect'][];
const keys = ['id', 'statement', 'expect', 'from', 'exceptFrom', 'to', 'exceptTo', 'traffic', 'controls'] as const;

/**
 * Reads intents from YAML: a list of them, or a map with the list under `intents`. Throws `Problems` that name every mistake with its
 * line and column.
 */
export function readIntents(text: string, file: string): readonly PlacedIntent[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problems: Problem[] = [];
  const placeAt = (offset: number, path?: string): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col, ...(path === undefined ? {} : { path }) };
  };
  const placeOf = (node: unknown, path: string): Place => placeAt((node as Node | null)?.range?.[0] ?? 0, path);
  const report = (code: string, message: string, place: Place, hint?: string): void => {
    problems.push(new Problem({ code, message, place, kind: 'usage', ...(hint === undefined ? {} : { hint }) }));
  };
  for (const error of document.errors)
    report('INTENTS_YAML', error.message.split('\n')[0] ?? error.message, placeAt(error.pos[0]));
  throwIfAny(problems);

  const root = isMap(document.contents) ? document.contents.get('intents', true) : document.contents;
  if (!isSeq(root)) {
    throw new Problem({
      code: 'INTENTS_FORM',
      message: 'A file of intents is a list, or a map with the list under `intents`.',
      place: placeOf(root ?? document.contents, 'intents'),
      kind: 'usage',
    });
  }
  const seen = new Map<string, Place>();
  const intents: PlacedIntent[] = [];
  root.items.forEach((node, index) => {
    const path = `intents[${index}]`;
    const before = problems.length;
    if (!isMap(node)) {
      report('INTENT_FORM', 'An intent is a map.', placeOf(node, path));
      return;
    }
    for (const { key } of node.items) {
      const word = String(key);
      if ((keys as readonly string[]).includes(word)) continue;
      const meant = nearest(word, keys);
      report(
        'INTENT_UNKNOWN_KEY',
        `An intent has no ${word}.`,
        placeOf(key, `${path}.${word}`),
        meant && `Did you mean ${meant}?`,
      );
    }
    const value = node.toJSON() as { readonly [key: string]: unknown };
    const at = (key: string): Place => placeOf((node as YAMLMap).get(key, true) ?? node, `${path}.${key}`);
    const wrong = (key: string, message: string): void => report('INTENT_VALUE', `${key} ${message}`, at(key));
    const list = (key: string, needed: boolean): readonly string[] => {
      const given = value[key];
      if (given === undefined && !needed) return [];
      const all = Array.isArray(given) ? given : [given];
      if (all.length > 0 && all.every((item) => typeof item === 'string' && item !== '')) return all as string[];
      if (all.length > 0 || needed) wrong(key, 'must be a list of texts.');
      return [];
    };
    const word = (key: string): string => {
      const given = value[key];
      if (typeof given === 'string' && given !== '') return given;
      wrong(key, 'must be a text.');
      return '';
    };
    const id = word('id');
    const expect = expectations.find((one) => one === value.expect);
    if (expect === undefined) wrong('expect', 'must be allowed, denied or possible.');
    const traffic =
      value.traffic === undefined ? [] : readTraffic(value.traffic, (message) => wrong('traffic', message));
    const exceptFrom = list('exceptFrom', false);
    const exceptTo = list('exceptTo', false);
    const intent: PlacedIntent = {
      id,
      statement: word('statement'),
      expect: expect ?? 'denied',
      from: list('from', true),
      ...(exceptFrom.length === 0 ? {} : { exceptFrom }),
      to: list('to', true),
      ...(exceptTo.length === 0 ? {} : { exceptTo }),
      ...(traffic.length === 0 ? {} : { traffic }),
      controls: list('controls', false) as readonly ControlId[],
      place: placeOf(node, path),
    };
    const other = seen.get(id);
    if (other !== undefined) {
      problems.push(
        new Problem({
          code: 'INTENT_TWICE',
          message: `There are two intents ${id}.`,
          place: at('id'),
          related: [other],
          kind: 'usage',
        }),
      );
    } else seen.set(id, at('id'));
    if (problems.length === before) intents.push(intent);
  });
  throwIfAny(problems);
  return intents;
}

function readTraffic(value: unknown, wrong: (message: string) => void): readonly TrafficText[] {
  const list = Array.isArray(value) ? value : [value];
  return list.flatMap((item): readonly TrafficText[] => {
    if (typeof item !== 'object' || item === null) {
      wrong('must be a list of maps with protocol and ports.');
      return [];
    }
    const { protocol, ports, ...others } = item as { readonly [key: string]: unknown };
    for (const key of Object.keys(others)) wrong(`has no ${key}.`);
    if (protocol !== undefined && protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'icmp') {
      wrong(`has the protocol ${String(protocol)}: it must be tcp, udp or icmp.`);
      return [];
    }
    const given = ports === undefined ? [] : Array.isArray(ports) ? ports : [ports];
    for (const port of given)
      if (parsePorts(String(port)) === undefined) wrong(`has the port ${String(port)}, which is none.`);
    if (protocol === 'icmp' && given.length > 0) wrong('has ports for ICMP, which has none.');
    return [
      {
        ...(protocol === undefined ? {} : { protocol }),
        ...(given.length === 0 ? {} : { ports: given as readonly (number | string)[] }),
      },
    ];
  });
}
