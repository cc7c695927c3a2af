import { describe, expect, test } from 'vitest';
import { Problem, Problems } from '../kernel/errors.ts';
import { type ReadDeployment, readDeploymentFolder } from './read.ts';
import { synthesize } from './synthesize.ts';
import { hubAndSpoke } from './test-blueprint.ts';

const parameterFile = JSON.stringify({ parameters: { location: { value: 'eastus2' } } });
const files: Readonly<Record<string, string>> = {
  't.json': '{"resources": []}',
  'p.json': parameterFile,
  'bare.json':
    '// as az writes it\n{"a": {"value": 1}, "b": {"reference": {"keyVault": {"id": "/x"}, "secretName": "s"}}}',
  'broken.json': '{\n  "parameters": {\n    "a" 1\n}}',
  'list.json': '[]',
  'loose.json': '{"parameters": {"a": 1}}',
};
const list = (text: string): readonly ReadDeployment[] =>
  readDeploymentFolder({ file: 'out/deployments.yaml', text, read: (path) => files[path] });
const entry = (more: string): string =>
  `- template: t.json\n  name: hub\n  scope: /subscriptions/s-1/resourceGroups/rg\n${more}`;

interface Found {
  readonly code: string;
  readonly place: string;
  readonly message: string;
  readonly hint?: string;
}
function problemsOf(text: string): readonly Found[] {
  try {
    list(text);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return (error instanceof Problems ? error.all : [error]).map(({ code, place, message, hint }) => ({
      code,
      place: `${place?.file}:${place?.line}:${place?.column}`,
      message,
      ...(hint === undefined ? {} : { hint }),
    }));
  }
  return [];
}

describe('a folder of deployments', () => {
  test('ours: every file that synth writes is read back', () => {
    const made = new Map(synthesize(hubAndSpoke).map((file) => [file.path, file.text]));
    const read = readDeploymentFolder({
      file: 'deployments.yaml',
      text: made.get('deployments.yaml') ?? '',
      read: (path) => made.get(path),
    });
    expect(read.map((one) => [one.entry.stage, one.entry.role, one.scope.kind])).toEqual([
      ['subscription', 'governance', 'subscription'],
      ['hub', 'network', 'resourceGroup'],
      ['cluster-spoke', 'network', 'resourceGroup'],
    ]);
    expect(read[1]?.template).toBe(made.get('templates/hub.json'));
    expect(read[1]?.parameters.location).toEqual({ value: 'eastus2' });
  });

  test('anybody’s: four keys, values inline or in a file, or none', () => {
    const [inline, file, none, bare] = list(
      [
        entry('  parameters: {size: 3, zones: ["1"], empty: null, nested: {a: true}}\n'),
        entry('  parameters: p.json\n'),
        entry('  parameters:\n'),
        entry('  parameters: bare.json\n'),
      ].join(''),
    );
    expect(inline?.parameters).toEqual({
      size: { value: 3 },
      zones: { value: ['1'] },
      empty: { value: null },
      nested: { value: { a: true } },
    });
    expect(inline?.scope).toEqual({ kind: 'resourceGroup', subscriptionId: 's-1', resourceGroup: 'rg' });
    expect(inline?.place).toMatchObject({ file: 'out/deployments.yaml', line: 1, column: 3 });
    expect(inline?.entry).not.toHaveProperty('stage');
    expect(file?.parameters).toEqual({ location: { value: 'eastus2' } });
    expect(file?.entry.parameters).toBe('p.json');
    expect(none?.parameters).toEqual({});
    expect(none?.entry).not.toHaveProperty('parameters');
    expect(Object.keys(bare?.parameters ?? {})).toEqual(['a', 'b']);
  });

  test('an empty list has no deployments', () => expect(list('[]\n')).toEqual([]));

  test.each([
    ['/subscriptions/0000', 'subscription'],
    ['/SUBSCRIPTIONS/0000/resourcegroups/rg-(a).b/', 'resourceGroup'],
  ])('the scope %s is a %s', (scope, kind) => {
    expect(list(`- {template: t.json, name: n, scope: "${scope}"}`)[0]?.scope.kind).toBe(kind);
  });
});

describe('what is wrong is said with its place', () => {
  test.each<[string, string, Found]>([
    [
      'a template that is not there',
      '- template: gone.json\n  name: hub\n  scope: /subscriptions/s\n',
      {
        code: 'DEPLOYMENTS_FILE_MISSING',
        place: 'out/deployments.yaml:1:13',
        message: 'There is no template gone.json.',
        hint: 'Paths are relative to out/deployments.yaml.',
      },
    ],
    [
      'a parameter file that is not there',
      entry('  parameters: gone.json\n'),
      {
        code: 'DEPLOYMENTS_FILE_MISSING',
        place: 'out/deployments.yaml:4:15',
        message: 'There is no parameter file gone.json.',
        hint: 'Paths are relative to out/deployments.yaml.',
      },
    ],
    [
      'a scope that is none',
      '- template: t.json\n  name: hub\n  scope: /resourceGroups/rg\n',
      {
        code: 'DEPLOYMENTS_SCOPE',
        place: 'out/deployments.yaml:3:10',
        message: '"/resourceGroups/rg" is not the id of a subscription or resource group.',
        hint: 'Write /subscriptions/ID or /subscriptions/ID/resourceGroups/NAME.',
      },
    ],
    [
      'a missing name',
      '- template: t.json\n  scope: /subscriptions/s\n',
      {
        code: 'DEPLOYMENTS_MALFORMED',
        place: 'out/deployments.yaml:1:3',
        message: 'The deployment has no name.',
        hint: 'It is a list, in order, of {template, parameters, scope, name}.',
      },
    ],
    [
      'a mistyped key',
      entry('  paramters: p.json\n'),
      {
        code: 'DEPLOYMENTS_UNKNOWN_KEY',
        place: 'out/deployments.yaml:4:3',
        message: 'A deployment has no "paramters".',
        hint: 'Did you mean parameters?',
      },
    ],
    [
      'a stage that is none',
      entry('  stage: hubs\n'),
      {
        code: 'DEPLOYMENTS_MALFORMED',
        place: 'out/deployments.yaml:4:10',
        message: 'There is no stage "hubs".',
        hint: 'Did you mean hub?',
      },
    ],
    [
      'a name that is a number',
      '- template: t.json\n  scope: /subscriptions/s\n  name: 12\n',
      { code: 'DEPLOYMENTS_MALFORMED', place: 'out/deployments.yaml:3:9', message: 'name has to be a text.' },
    ],
    [
      'a name that Azure refuses',
      '- template: t.json\n  scope: /subscriptions/s\n  name: a/b\n',
      {
        code: 'DEPLOYMENTS_MALFORMED',
        place: 'out/deployments.yaml:3:9',
        message: '"a/b" cannot be the name of a deployment.',
        hint: 'Azure takes 1 to 64 letters, digits, "-", "_", ".", "(" and ")".',
      },
    ],
    [
      'parameters that are a list',
      entry('  parameters: [a]\n'),
      {
        code: 'DEPLOYMENTS_PARAMETERS_MALFORMED',
        place: 'out/deployments.yaml:4:15',
        message: 'parameters has to be the path of a parameter file, or a map of values.',
      },
    ],
    [
      'an entry that is a text',
      '- hub\n',
      {
        code: 'DEPLOYMENTS_MALFORMED',
        place: 'out/deployments.yaml:1:3',
        message: 'Deployment 1 is not a map.',
        hint: 'It is a list, in order, of {template, parameters, scope, name}.',
      },
    ],
    [
      'no list at all',
      'template: t.json\n',
      {
        code: 'DEPLOYMENTS_MALFORMED',
        place: 'out/deployments.yaml:1:1',
        message: 'There is no list of deployments.',
        hint: 'It is a list, in order, of {template, parameters, scope, name}.',
      },
    ],
  ])('%s', (_title, text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
  });

  test('text that is not YAML', () => {
    expect(problemsOf('- template: [\n')[0]).toMatchObject({ code: 'DEPLOYMENTS_MALFORMED' });
    expect(problemsOf('')[0]).toMatchObject({ code: 'DEPLOYMENTS_MALFORMED', place: 'out/deployments.yaml:1:1' });
  });

  test.each([
    ['broken.json', 'ARM_JSON_SYNTAX', 'broken.json:3:9'],
    ['list.json', 'ARM_PARAMETERS_MALFORMED', 'list.json:1:1'],
    ['loose.json', 'ARM_PARAMETERS_MALFORMED', 'loose.json:1:22'],
  ])('a parameter file that is malformed: %s', (file, code, place) => {
    const [problem, ...others] = problemsOf(entry(`  parameters: ${file}\n`));
    expect(problem).toMatchObject({ code, place });
    expect(others).toEqual([]);
  });

  test('everything at once', () => {
    const text = '- template: gone.json\n  scope: nowhere\n- name: x\n';
    expect(problemsOf(text).map((one) => one.code)).toEqual([
      'DEPLOYMENTS_MALFORMED',
      'DEPLOYMENTS_SCOPE',
      'DEPLOYMENTS_FILE_MISSING',
      'DEPLOYMENTS_MALFORMED',
      'DEPLOYMENTS_MALFORMED',
    ]);
  });
});
