import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ArmError, type ArmErrorBody } from './arm-error.ts';
import type { DeploymentScope, TemplateLink } from './contract.ts';
import { expandTemplate } from './expand.ts';
import type { JsonDocument } from './json-document.ts';
import { readJson } from './json-reader.ts';
import { expandOffline, offlineContext } from './offline.ts';
import { readParameterFile } from './parameter-file.ts';
import { parseScope } from './resource-id.ts';

/*
 * Each case is a folder of test/corpus/arm: template.json, parameters.json where it takes some, and expected.json, written by hand
 * from Microsoft's documentation of the feature that the folder is named after. `body`, `type`, `name` and the like are compared
 * where expected.json states them; ids, their order and `dependsOn` always.
 */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../test/corpus/arm');
const cases = readdirSync(root).sort();

interface Expected {
  readonly scope?: string;
  readonly now?: string;
  readonly externalInputs?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly resources?: readonly {
    readonly id: string;
    readonly dependsOn: readonly string[];
    readonly [key: string]: unknown;
  }[];
  readonly outputs?: unknown;
  readonly parameters?: unknown;
  readonly warnings?: readonly string[];
  readonly unresolved?: number;
  readonly refused?: {
    readonly code: string;
    readonly message: string;
    readonly line?: number;
    readonly count: number;
  };
}

const group: DeploymentScope = {
  kind: 'resourceGroup',
  subscriptionId: '11111111-2222-3333-4444-555555555555',
  resourceGroup: 'rg',
};

function inputOf(name: string) {
  const read = (file: string) => readJson(readFileSync(path.join(root, name, file), 'utf8'), file);
  const expected = read('expected.json').value as Expected;
  const files = readdirSync(path.join(root, name));
  const hasParameters = files.includes('parameters.json');
  // A link leads to a file beside it, or to what links.json says.
  const links = (files.includes('links.json') ? read('links.json').value : {}) as Readonly<Record<string, string>>;
  const linked = (link: TemplateLink, from: JsonDocument): JsonDocument | undefined => {
    const file = link.relativePath ?? links[link.id ?? link.uri ?? ''];
    return file === undefined ? undefined : read(path.join(path.dirname(from.file), file));
  };
  const { now, externalInputs } = expected;
  const scope = expected.scope === undefined ? group : parseScope(expected.scope);
  return {
    expected,
    template: read('template.json'),
    parameters: hasParameters ? readParameterFile(read('parameters.json')) : {},
    context: offlineContext({
      scope: scope ?? group,
      deploymentName: 'main',
      linked,
      ...(now === undefined ? {} : { now: new Date(now) }),
      ...(externalInputs === undefined ? {} : { externalInputs }),
    }),
  };
}

test('there are cases', () => {
  expect(cases.length).toBeGreaterThanOrEqual(40);
});

describe('templates expand as documented', () => {
  test.each(cases.filter((name) => !name.startsWith('refused-')))('%s', (name) => {
    const { expected, ...input } = inputOf(name);
    const expansion = expandOffline(input);
    const wanted = expected.resources ?? [];
    expect(expansion.resources.map((resource) => resource.id)).toEqual(wanted.map((resource) => resource.id));
    for (const [i, { id, dependsOn, ...rest }] of wanted.entries()) {
      const { symbolic, ...fields } = rest;
      expect(new Set(expansion.resources[i]?.dependsOn), id).toEqual(new Set(dependsOn));
      expect(expansion.resources[i]).toMatchObject({ condition: true, existing: false, ...fields, body: {} });
      if (fields.body !== undefined) expect(expansion.resources[i]?.body, id).toEqual(fields.body);
    }
    expect(expansion.outputs).toEqual(expected.outputs ?? {});
    if (expected.parameters !== undefined) expect(expandTemplate(input).parameters).toEqual(expected.parameters);
    if (expected.warnings !== undefined)
      expect(expansion.warnings.map((warning) => warning.code).sort()).toEqual(expected.warnings);
    if (expected.unresolved !== undefined) expect(expansion.unresolved).toHaveLength(expected.unresolved);
  });
});

describe('templates are refused as documented', () => {
  test.each(cases.filter((name) => name.startsWith('refused-')))('%s', (name) => {
    const { expected, ...input } = inputOf(name);
    try {
      expandOffline(input);
    } catch (error) {
      expect(error).toBeInstanceOf(ArmError);
      const { status, body } = error as ArmError;
      expect(status).toBe(400);
      expect(body.code).toBe(expected.refused?.code);
      expect(body.message).toContain(expected.refused?.message);
      expect(body.details?.length ?? 1).toBe(expected.refused?.count);
      if (expected.refused?.line !== undefined) expect(lineOf(body)).toBe(expected.refused.line);
      return;
    }
    expect.unreachable();
  });
});

function lineOf(body: ArmErrorBody): unknown {
  return (body.additionalInfo?.[0]?.info as { lineNumber?: unknown } | undefined)?.lineNumber;
}
