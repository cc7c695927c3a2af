import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../kernel/canonical-json.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Handle, IdHandle } from '../model/handle.ts';
import { objectKey } from '../model/placed-object.ts';
import type { Resource, Value } from '../model/resource.ts';
import { stageNames } from '../model/stage.ts';
import { rules as verifyRules } from '../verify/index.ts';
import { verify } from '../verify/verify.ts';
import { buildBlueprint } from './build.ts';
import { covers, settingPaths } from './property-paths.ts';
import { dayOf2021, defaultSpec, specOf2021, testSpec, twoClusterSpec, twoRegionSpec } from './test-spec.ts';
import { stateOf } from './test-state.ts';

const today = new Date('2026-11-24T12:00:00Z');
const specs = [
  ['the default', defaultSpec, today],
  ['two clusters', twoClusterSpec, today],
  ['two regions', twoRegionSpec, today],
  ['profile 2021', specOf2021, dayOf2021],
] as const;
const cases = specs.map(([name, spec, day]) => [name, buildBlueprint(spec, { today: day }), day] as const);

const objectsOf = (blueprint: Blueprint) => blueprint.parts.flatMap((part) => part.objects);
const resourcesOf = (blueprint: Blueprint) => blueprint.parts.flatMap((part) => part.resources);
const decisionsOf = (blueprint: Blueprint) => blueprint.parts.flatMap((part) => part.decisions);
const intentsOf = (blueprint: Blueprint) => blueprint.parts.flatMap((part) => part.intents);

interface Named {
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

function members(resource: Resource, property: string): readonly Named[] {
  const { [property]: found = [] } = (resource.properties ?? {}) as unknown as Readonly<
    Record<string, readonly Named[]>
  >;
  return found;
}

/** Everything in a resource that must follow from a decision by name. */
function pieces(resource: Resource): readonly string[] {
  const named = (all: readonly { readonly name: string }[]) => all.map(({ name }) => `${resource.key}#${name}`);
  switch (resource.type) {
    case 'Microsoft.Network/networkSecurityGroups':
      return named(members(resource, 'securityRules'));
    case 'Microsoft.Network/routeTables':
      return named(members(resource, 'routes'));
    case 'Microsoft.Network/firewallPolicies/ruleCollectionGroups': {
      const collections = members(resource, 'ruleCollections') as unknown as readonly {
        readonly rules: readonly { readonly name: string }[];
      }[];
      return named(collections.flatMap(({ rules }) => rules));
    }
    case 'Microsoft.Network/azureFirewalls': {
      // Rules of its own, where it has no policy.
      const collections = ['networkRuleCollections', 'applicationRuleCollections', 'natRuleCollections'].flatMap(
        (kind) => members(resource, kind),
      );
      const rules = collections.flatMap(({ properties }) => properties.rules as readonly { readonly name: string }[]);
      return [resource.key, ...named(rules)];
    }
    case 'Microsoft.Network/virtualNetworks':
      // A subnet that lacks what others have, or that has what others lack, is an exception.
      return named(
        members(resource, 'subnets').filter(
          ({ properties }) =>
            properties.networkSecurityGroup === undefined ||
            properties.routeTable === undefined ||
            properties.delegations !== undefined ||
            properties.privateEndpointNetworkPolicies !== 'Disabled',
        ),
      ).concat(resource.key);
    default:
      return [resource.key];
  }
}

function handles(value: Value | undefined): readonly Handle[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap(handles);
  if ('$handle' in value) return value.$handle === 'subscription' ? [] : [value as Handle];
  return Object.values(value as Readonly<Record<string, Value>>).flatMap(handles);
}

describe.each(cases)('the blueprint of %s', (_name, blueprint, day) => {
  const resources = resourcesOf(blueprint);
  const decisions = decisionsOf(blueprint);
  const intents = intentsOf(blueprint);

  test('keys, names in Azure, decisions and intents are unique', () => {
    const once = resources.filter(({ amends }) => amends === undefined);
    const inAzure = once.map(({ type, name, scope }) => `${JSON.stringify(scope)} ${type} ${name}`.toLowerCase());
    for (const all of [
      resources.map(({ key }) => key),
      inAzure,
      decisions.map(({ id }) => id),
      intents.map(({ id }) => id),
    ]) {
      expect(all.filter((one, index) => all.indexOf(one) !== index)).toEqual([]);
    }
  });

  test('what is referred to exists, in the same stage or one before', () => {
    const byKey = new Map(resources.map((resource) => [resource.key, resource]));
    const position = (resource: Resource) => stageNames.indexOf(resource.stage);
    const dangling = resources.flatMap((resource) =>
      handles(resource.properties)
        .filter((handle) => {
          const target = byKey.get(handle.resource);
          return target === undefined || position(target) > position(resource);
        })
        .map((handle) => `${resource.key} -> ${handle.resource}`),
    );
    expect(dangling).toEqual([]);
  });

  test('a reference into a network names a subnet that it has', () => {
    const into = resources.flatMap((resource) =>
      handles(resource.properties).filter((handle): handle is IdHandle => 'children' in handle),
    );
    expect(into.length).toBeGreaterThan(0);
    for (const { resource, children } of into) {
      const network = resources.find(({ key }) => key === resource) as Resource;
      if (network.type !== 'Microsoft.Network/virtualNetworks') continue;
      const subnets = members(network, 'subnets').map(({ name }) => ['subnets', name]);
      expect(subnets).toContainEqual(children?.[0]);
    }
  });

  test('every resource group exists', () => {
    const groups = new Set(
      resources.filter(({ type }) => type === 'Microsoft.Resources/resourceGroups').map(({ name }) => name),
    );
    const used = resources.flatMap(({ scope }) => (scope.kind === 'resourceGroup' ? [scope.name] : []));
    expect(new Set(used)).toEqual(groups);
  });

  test('every rule, route, peering, delegation, exception and resource follows from a decision', () => {
    const targets = decisions.flatMap((decision) => decision.resources).map(String);
    // A resource without named pieces is decided as a whole, or setting by setting (cluster-drafts.test.ts looks at each).
    const decided = new Set([...targets, ...targets.map((target) => target.split('#')[0])]);
    expect(resources.flatMap(pieces).filter((piece) => !decided.has(piece))).toEqual([]);
    expect(
      objectsOf(blueprint)
        .map(objectKey)
        .filter((key) => !decided.has(key)),
    ).toEqual([]);
  });

  test('every decision is about something that exists', () => {
    const there = new Set([
      ...resources.flatMap(pieces),
      ...resources.map(({ key }) => key),
      ...objectsOf(blueprint).map(objectKey),
      ...resources.flatMap((one) => members(one, 'subnets').map(({ name }) => `${one.key}#${name}`)),
    ]);
    const byKey = new Map(resources.map((resource) => [resource.key, resource]));
    const isSetting = (target: string): boolean => {
      const [key = '', path = ''] = target.split('#');
      const resource = byKey.get(key);
      return resource !== undefined && settingPaths(resource).some((one) => covers(path, one));
    };
    const targets = decisions.flatMap((decision) => decision.resources);
    expect(targets.filter((target) => !there.has(target) && !isSetting(target))).toEqual([]);
  });

  test('every proof is an intent or a rule of the verifier', () => {
    const proofs = new Set([...intents.map(({ id }) => id), ...verifyRules.map(({ id }) => id)]);
    const unknown = decisions.flatMap(({ id, provedBy }) =>
      provedBy.filter((proof) => !proofs.has(proof)).map((proof) => `${id}: ${proof}`),
    );
    expect(unknown).toEqual([]);
  });

  test('every intent proves a decision', () => {
    const proofs = new Set(decisions.flatMap(({ provedBy }) => provedBy));
    expect(intents.map(({ id }) => id).filter((id) => !proofs.has(id))).toEqual([]);
  });

  test('decisions say why, what else was possible, and which requirements they serve', () => {
    for (const decision of decisions) {
      expect(decision.id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(decision.because.length, decision.id).toBeGreaterThan(40);
      expect(decision.alternatives.length, decision.id).toBeGreaterThan(0);
      expect(decision.controls.length, decision.id).toBeGreaterThan(0);
      // The shape of requirement numbers in PCI DSS 4.0.1.
      for (const control of decision.controls) expect(control).toMatch(/^pci-dss-4\.0\.1:\d+(\.\d+){2,3}$/);
    }
  });

  test('all intents hold, and no rule of the verifier finds an error', () => {
    const { findings, proven } = verify(stateOf(blueprint), intents, { today: day });
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
    expect(proven.filter(({ ruleId }) => intents.some(({ id }) => id === ruleId))).toHaveLength(intents.length);
    // The rule for the load balancer's frontend, which lies outside the nodes' own subnet (landing-zone page, section 5, floating IP).
    const others = findings.filter(({ message }) => !/AllowIngressIn .*platformnodepool/.test(message));
    expect(others).toEqual([]);
  });
});

describe('a blueprint', () => {
  test('is the same for the same spec and day', () => {
    const [one, two] = [0, 1].map(() => canonicalJson(buildBlueprint(testSpec(), { today }) as never));
    expect(one).toBe(two);
  });

  test('fills the stages in the order of the design', () => {
    const blueprint = buildBlueprint(defaultSpec);
    // Landing-zone page, section 1: the stages, their roles, and whence they run.
    expect(blueprint.stages.map(({ name, role, runsFrom }) => [name, role, runsFrom])).toEqual([
      ['subscription', 'governance', 'anywhere'],
      ['hub', 'network', 'anywhere'],
      ['image-spoke', 'network', 'anywhere'],
      ['jump-box-image', 'operations', 'anywhere'],
      ['cluster-spoke', 'network', 'anywhere'],
      ['hub-rules', 'network', 'anywhere'],
      ['supply', 'operations', 'anywhere'],
      ['jump-boxes', 'operations', 'anywhere'],
      ['certificates', 'security', 'inside'],
      ['cluster', 'operations', 'anywhere'],
      ['cluster-identity', 'operations', 'anywhere'],
      ['gitops', 'operations', 'inside'],
      ['gateway', 'network', 'anywhere'],
      ['alerts', 'operations', 'anywhere'],
    ]);
    const tasks = blueprint.parts.flatMap((part) => part.tasks ?? []);
    expect(new Set([...resourcesOf(blueprint), ...tasks].map(({ stage }) => stage))).toEqual(
      new Set(blueprint.stages.map(({ name }) => name)),
    );
  });

  test('has a deployment for each hub and each cluster', () => {
    const deployments = new Set(resourcesOf(buildBlueprint(twoRegionSpec)).map(({ deployment }) => deployment));
    const clusterWide = [
      'cluster-spoke',
      'hub-rules',
      'supply',
      'jump-boxes',
      'cluster',
      'cluster-identity',
      'mesh',
      'gitops',
      'gateway',
    ];
    const of = (names: readonly string[], places: readonly string[]) =>
      names.flatMap((name) => places.map((place) => `${name}-${place}`));
    expect(deployments).toEqual(
      new Set([
        'subscription',
        'image-spoke',
        'jump-box-image',
        ...of(['hub', 'alerts'], ['eastus2', 'westus3']),
        ...of(clusterWide, ['east', 'west']),
      ]),
    );
  });

  test('gives each resource the user’s tags and its own, each name once whatever its case', () => {
    // Azure Resource Manager: tag names are case-insensitive.
    const { resources } = buildBlueprint(testSpec('tags: { Environment: card-data, team: network }')).parts[0] ?? {};
    expect(resources?.[0]?.tags).toEqual({ workload: 'bu0001a0005', Environment: 'card-data', team: 'network' });
    // Private DNS zones take 15 tags ("Use tags to organize your Azure resources", limitations).
    const many = Array.from({ length: 15 }, (_, i) => `t${i}: x`).join(', ');
    const full = resourcesOf(buildBlueprint(testSpec(`tags: { ${many} }`)));
    expect(Math.max(...full.map(({ tags = {} }) => Object.keys(tags).length))).toBe(15);
    const untagged = resourcesOf(buildBlueprint(defaultSpec)).filter(
      ({ type, tags }) =>
        tags === undefined &&
        type.split('/').length === 2 &&
        !/^Microsoft\.(Insights\/diagnosticSettings|Authorization\/|Security\/|Consumption\/)/.test(type),
    );
    expect(untagged).toEqual([]);
  });

  test('takes names, region and ranges from the spec', () => {
    const text = canonicalJson(
      buildBlueprint(
        testSpec(
          'environment: test\nclusters: [{ name: blue, region: westeurope, network: { addressSpace: 10.50.0.0/16 } }]',
        ),
      ) as never,
    );
    expect(text).toContain('vnet-bu0001a0005-test-spoke-blue');
    expect(text).toContain('10.50.64.0/18');
    expect(text).toContain('Storage.westeurope');
    expect(text).not.toMatch(/eastus2|10\.240\.|-prod-/);
  });
});
