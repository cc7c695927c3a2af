import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { isExpression } from '../../src/arm/index.ts';
import { buildBlueprint } from '../../src/blueprint/build.ts';
import { sha256 } from '../../src/kernel/hash.ts';
import type { Blueprint } from '../../src/model/blueprint.ts';
import type { OutputFile } from '../../src/model/deployments.ts';
import { initialSpec } from '../../src/spec/init.ts';
import { loadSpec, parseSpec } from '../../src/spec/load.ts';
import type { Spec } from '../../src/spec/spec.ts';
import { synthesize } from '../../src/synth/synthesize.ts';
import { withKeysReversed } from '../../src/synth/test-blueprint.ts';
import { AzureTypes, writableScope } from './azure-types.ts';
import { checkResource, type Fault, listedType } from './check-body.ts';
import { isDocumented } from './documented-values.ts';
import { describeWithAzureTypes } from './reference-gate.ts';
import { type EmittedBody, emittedBodies } from './template-bodies.ts';

const examples = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../examples');
const today = new Date('2026-09-01T00:00:00Z');

/** A certificate's form is all that the spec looks at; Flux gets it as it is. */
const signer = 'gitops:\n  signer: |\n    -----BEGIN CERTIFICATE-----\n    MAA=\n    -----END CERTIFICATE-----\n';

/** The spec that `init` writes, and every example but those that say that they are refused. */
const specs: readonly (readonly [name: string, spec: Spec])[] = [
  ['what init writes', parseSpec(initialSpec('current'), 'landing-zone.yaml')],
  ['with a signer', parseSpec(`${initialSpec('current')}\n${signer}`, 'landing-zone.yaml')],
  ...readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'landing-zone.yaml')
    .filter((file) => !readFileSync(path.join(examples, file), 'utf8').includes('Refused on purpose'))
    .sort()
    .map((file): [string, Spec] => [file, loadSpec(path.join(examples, file))]),
];

interface Design {
  readonly name: string;
  readonly blueprint: Blueprint;
  readonly files: readonly OutputFile[];
  readonly bodies: readonly EmittedBody[];
  readonly warnings: readonly string[];
}
const designs: readonly Design[] = specs.map(([name, spec]) => {
  const blueprint = buildBlueprint(spec, { today });
  const files = synthesize(blueprint);
  return { name, blueprint, files, ...emittedBodies(files) };
});

const isDeployment = ({ entry }: EmittedBody): boolean => entry.type === 'Microsoft.Resources/deployments';
const told = (body: EmittedBody, faults: readonly Fault[]): readonly string[] =>
  faults
    .filter((fault) => !isDocumented(fault))
    .map((fault) => `${body.where}: ${fault.kind} ${fault.path} ${fault.detail}`);

/** The name of an extension is what stands after the namespace in the whole name. */
function ownName({ type, name }: { readonly type: string; readonly name: string }): string {
  const at = type.split('/').lastIndexOf('providers');
  return at < 0 ? name : name.split('/').slice(at).join('/');
}

describe('what synth writes for a landing zone', () => {
  test('is looked at for examples too', () => expect(designs.length).toBeGreaterThan(1));

  test.each(designs)('$name: the same spec gives the same bytes, whatever the order of its keys', ({ name, files }) => {
    const spec = specs.find(([one]) => one === name)?.[1] as Spec;
    const digest = (of: readonly OutputFile[]): string => sha256(of.map((file) => `${file.path}\n${file.text}`).join());
    expect(digest(synthesize(buildBlueprint(withKeysReversed(spec), { today })))).toBe(digest(files));
  });

  test.each(designs)('$name: every resource of the blueprint is in a template, once', ({ blueprint, bodies }) => {
    const wanted = blueprint.parts.flatMap((part) =>
      part.resources.map((one) => `${listedType(one.type, one.name)} ${ownName(one)}`),
    );
    const found = bodies.filter((body) => !isDeployment(body)).map(({ entry }) => `${entry.type} ${entry.name}`);
    expect(found.sort()).toEqual(wanted.sort());
    expect(wanted.length).toBeGreaterThan(40);
  });

  test.each(designs)('$name: the template engine finds nothing odd', ({ warnings }) => expect(warnings).toEqual([]));

  // The hub is deployed with `az deployment group create`.
  test.each(designs)('$name: hub deployments are resource group templates', ({ files, blueprint }) => {
    const hubs = new Set(
      blueprint.parts.flatMap((part) =>
        part.resources.filter((one) => one.stage === 'hub').map((one) => one.deployment),
      ),
    );
    expect(hubs.size).toBeGreaterThan(0);
    for (const hub of hubs) {
      expect(files.find((file) => file.path === `templates/${hub}.json`)?.text).toContain('/deploymentTemplate.json#"');
    }
  });
});

/** The strings of a value that only a cloud can work out. */
function openTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') return isExpression(value) ? [value] : [];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(openTexts) : [];
}

describeWithAzureTypes('every body against Microsoft’s types', () => {
  const types = new AzureTypes();

  test.each(designs)('$name: all are valid', ({ name, bodies }) => {
    expect(bodies.flatMap((body) => told(body, checkResource(types, body.entry)))).toEqual([]);
    console.log(`${bodies.length} bodies of "${name}" are valid against ${types.size} types`);
  });

  // The referee lets an expression pass as any type, so that there must be few, and only of what Azure decides.
  test('what the owner of a hub is asked to add is valid too', () => {
    const asked = designs.flatMap(({ files }) => {
      const own = files.filter((file) => file.path.startsWith('hub-owner/'));
      const moved = own.map((file) => ({ ...file, path: file.path.slice('hub-owner/'.length) }));
      return own.length === 0 ? [] : emittedBodies(moved).bodies;
    });
    expect(asked.map(({ entry }) => entry.type)).toEqual(
      expect.arrayContaining([
        'Microsoft.Network/virtualNetworks/virtualNetworkPeerings',
        'Microsoft.Network/firewallPolicies/ruleCollectionGroups',
      ]),
    );
    expect(asked.flatMap((body) => told(body, checkResource(types, body.entry)))).toEqual([]);
  });

  test.each(designs)('$name: nothing is left open but what Azure decides', ({ bodies, blueprint }) => {
    const open = bodies.filter((body) => !isDeployment(body)).flatMap(({ entry }) => openTexts(entry));
    const handles = JSON.stringify(blueprint).match(/"\$handle":"property"/g) ?? [];
    expect(open.filter((text) => !text.startsWith('[reference('))).toEqual([]);
    expect(open.length).toBe(handles.length);
  });

  test.each(designs)('$name: each goes to a scope that its type can be written at', ({ bodies }) => {
    const wrong = bodies.filter(({ entry, scope }) => {
      const file = types.find(listedType(String(entry.type), String(entry.name)), String(entry.apiVersion));
      const resource = file?.[0];
      if (resource?.$type !== 'ResourceType') return true;
      return (resource.writableScopes & (writableScope[scope] | writableScope.extension)) === 0;
    });
    expect(wrong.map((body) => body.where)).toEqual([]);
  });

  // Microsoft's types of these resources are closed objects with a read-only id; a referee that lets one of these through is blind.
  const mutations: readonly (readonly [
    string,
    (entry: EmittedBody['entry']) => EmittedBody['entry'],
    Fault['kind'],
  ])[] = [
    ['an unknown member', (entry) => ({ ...entry, bogus: 1 }), 'unknown-property'],
    [
      'an unknown property',
      (entry) => ({ ...entry, properties: { ...(entry.properties as object | undefined), bogus: 1 } }),
      'unknown-property',
    ],
    ['a given id', (entry) => ({ ...entry, id: '/subscriptions/x' }), 'read-only'],
    ['a list for the properties', (entry) => ({ ...entry, properties: [] }), 'wrong-type'],
    ['a version that is not there', (entry) => ({ ...entry, apiVersion: '2001-01-01' }), 'unknown-type'],
  ];
  test.each(mutations)('%s is caught in every body', (_title, mutate, kind) => {
    const bodies = designs.flatMap((design) => design.bodies);
    const missed = bodies.filter(
      (body) => !checkResource(types, mutate(body.entry)).some((fault) => fault.kind === kind),
    );
    expect(missed.map((body) => body.where)).toEqual([]);
  });

  test('a required member that is taken away is caught, wherever Microsoft requires one at the top', () => {
    const withLocation = designs
      .flatMap((design) => design.bodies)
      .filter(({ entry }) =>
        ['Microsoft.Resources/resourceGroups', 'Microsoft.OperationalInsights/workspaces'].includes(String(entry.type)),
      );
    expect(withLocation.length).toBeGreaterThan(1);
    for (const { entry } of withLocation) {
      const { location: _, ...rest } = entry;
      expect(checkResource(types, rest)).toMatchObject([{ kind: 'missing', path: 'location' }]);
    }
  });

  test('a rule of another kind is caught in every rule collection group', () => {
    const groups = designs
      .flatMap((design) => design.bodies)
      .filter(({ entry }) => entry.type === 'Microsoft.Network/firewallPolicies/ruleCollectionGroups');
    expect(groups.length).toBeGreaterThan(1);
    for (const { entry } of groups) {
      const text = JSON.stringify(entry);
      const wrong = JSON.parse(text.replace(/"(Network|Application)Rule"/, '"PacketRule"')) as EmittedBody['entry'];
      expect(checkResource(types, wrong)).toMatchObject([{ kind: 'not-in-enum' }]);
    }
  });
});
