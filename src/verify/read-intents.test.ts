import { describe, expect, it } from 'vitest';
import { Problem, Problems } from '../kernel/errors.ts';
import { readIntents } from './read-intents.ts';

const good = `# intents
- id: web-to-db
  statement: The web tier reaches the database
  expect: allowed
  from: [subnet:snet-web]
  to: [subnet:snet-db]
  traffic:
    - protocol: tcp
      ports: [1433, 2000-2010]
  controls: [pci-dss-4.0.1:1.3.1]
- id: nobody-to-db
  statement: Nobody else does
  expect: denied
  from: [any]
  exceptFrom: [subnet:snet-web]
  to: [subnet:snet-db]
  controls: []
`;

const problemsOf = (text: string): readonly Problem[] => {
  try {
    readIntents(text, 'intents.yaml');
  } catch (error) {
    if (error instanceof Problems) return error.all;
    if (error instanceof Problem) return [error];
    throw error;
  }
  return [];
};

describe('readIntents', () => {
  it('reads a list, with the line of each', () => {
    const intents = readIntents(good, 'intents.yaml');
    expect(intents.map((one) => [one.id, one.place.line])).toEqual([
      ['web-to-db', 2],
      ['nobody-to-db', 11],
    ]);
    expect(intents[0]?.traffic).toEqual([{ protocol: 'tcp', ports: [1433, '2000-2010'] }]);
  });

  it('reads the list under `intents` too', () => {
    const indented = good.replace(/^/gm, '  ');
    expect(readIntents(`intents:\n${indented}`, 'f').length).toBe(2);
  });

  it('names every mistake with line and column', () => {
    const bad = good
      .replace('expect: allowed', 'expects: allowed')
      .replace('protocol: tcp', 'protocol: sctp')
      .replace('nobody-to-db', 'web-to-db');
    const found = problemsOf(bad);
    expect(found.map((one) => one.code)).toEqual([
      'INTENT_UNKNOWN_KEY',
      'INTENT_VALUE',
      'INTENT_VALUE',
      'INTENT_TWICE',
    ]);
    expect(found[0]?.hint).toContain('expect');
    expect(found[0]?.place).toMatchObject({ file: 'intents.yaml', line: 4, column: 3 });
    expect(found[3]?.related).toHaveLength(1);
  });

  it('says where YAML is broken, and refuses what is no list', () => {
    expect(problemsOf('- id: [a\n')[0]).toMatchObject({ code: 'INTENTS_YAML' });
    expect(problemsOf('id: a\n')[0]).toMatchObject({ code: 'INTENTS_FORM', kind: 'usage' });
    expect(problemsOf('- just text\n')[0]).toMatchObject({ code: 'INTENT_FORM' });
  });

  it('refuses ports that are none', () => {
    expect(problemsOf(good.replace('1433', '70000'))[0]?.message).toContain('70000');
  });
});
