import { describe, expect, test } from 'vitest';
import type { Blueprint } from '../model/blueprint.ts';
import type { Spec } from '../spec/spec.ts';
import { rules } from '../verify/index.ts';
import { verify } from '../verify/verify.ts';
import { buildBlueprint } from './build.ts';
import { contextOf } from './context.ts';
import { clusterParts } from './parts.ts';
import { covers, settingPaths } from './property-paths.ts';
import { defaultSpec, testSpec, twoClusterSpec } from './test-spec.ts';
import { stateOf } from './test-state.ts';
import { withoutSetting } from './test-undo.ts';

const today = new Date('2026-11-24T12:00:00Z');

const whole = (spec: Spec): Blueprint => buildBlueprint(spec, { today });

const partNames = clusterParts(defaultSpec.components).map((build) => build(contextOf(defaultSpec, {})).name);
const blueprint = whole(defaultSpec);
const parts = blueprint.parts.filter(({ name }) => partNames.includes(name));
const resources = parts.flatMap((part) => part.resources);
const decisions = parts.flatMap((part) => part.decisions);

/** Settings that say what something is or how big, and not how safe: nothing follows from them. */
const neutral = [
  'tenantId',
  'sku.family',
  'dnsPrefix',
  'tags',
  'syncIntervalInSeconds',
  'timeoutInSeconds',
  'retryIntervalInSeconds',
  'scope',
  'namespace',
  'enableHttp2',
  'maxRequestBodySizeInKb',
  'fileUploadLimitInMb',
  'nodeResourceGroup',
  'ipFamilies',
  'serviceCidr',
  'dnsServiceIP',
  'maxPods',
  'vmSize',
  'osType',
  'osDiskSizeGB',
  'count',
  'minCount',
  'maxCount',
  'agentPoolProfiles.name',
  'agentPoolProfiles.type',
  // Rights and role definitions are decided as a whole.
  'roleDefinitionId',
];
/** Types whose every setting needs a decision; the others are decided as a whole. */
const bySetting = [
  'Microsoft.KeyVault/vaults',
  'Microsoft.KeyVault/vaults/keys',
  'Microsoft.Compute/diskEncryptionSets',
  'Microsoft.ContainerRegistry/registries',
  'Microsoft.ContainerService/managedClusters',
  'Microsoft.ContainerService/managedClusters/providers/extensions',
  'Microsoft.ContainerService/managedClusters/providers/fluxConfigurations',
  'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials',
  'Microsoft.Network/applicationGateways',
  'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies',
];

const claims = decisions.flatMap((decision) =>
  decision.resources.map((target) => {
    const [key = '', path] = target.split('#');
    return { decision, key, path };
  }),
);

describe('what belongs to a cluster', () => {
  test('every setting follows from a decision', () => {
    const undecided = resources
      .filter(({ type }) => bySetting.includes(type))
      .flatMap((resource) =>
        settingPaths(resource)
          .filter((path) => !neutral.some((one) => path.endsWith(`.${one}`) || path.includes(`.${one}.`)))
          .filter(
            (path) =>
              !claims.some(
                ({ key, path: claimed }) => key === resource.key && claimed !== undefined && covers(claimed, path),
              ),
          )
          .map((path) => `${resource.key}#${path}`),
      );
    expect(undecided).toEqual([]);
  });

  test('every other resource follows from a decision', () => {
    const decided = new Set(
      blueprint.parts.flatMap((part) => part.decisions.flatMap((one) => one.resources)).map(String),
    );
    const keys = new Set([...decided].map((target) => target.split('#')[0]));
    expect(resources.map(({ key }) => key).filter((key) => !keys.has(key))).toEqual([]);
  });

  test('every decision is about a setting that exists', () => {
    const byKey = new Map(blueprint.parts.flatMap((part) => part.resources).map((one) => [one.key, one]));
    const wrong = claims.filter(({ key, path }) => {
      const resource = byKey.get(key);
      return resource === undefined || (path !== undefined && !settingPaths(resource).some((one) => covers(path, one)));
    });
    expect(wrong.map(({ decision, key, path }) => `${decision.id}: ${key}#${path}`)).toEqual([]);
  });

  test('every decision is proved by rules or intents that there are', () => {
    const known = new Set([
      ...rules.map(({ id }) => id),
      ...blueprint.parts.flatMap((part) => part.intents.map(({ id }) => id)),
    ]);
    expect(decisions.filter(({ provedBy }) => provedBy.length === 0).map(({ id }) => id)).toEqual([]);
    expect(
      decisions.flatMap(({ id, provedBy }) => provedBy.filter((one) => !known.has(one)).map((one) => `${id}: ${one}`)),
    ).toEqual([]);
  });

  test.each([
    ['the default', defaultSpec],
    ['two clusters', twoClusterSpec],
  ])('no rule finds anything in %s', (_name, spec) => {
    const proofs = new Set(decisions.flatMap(({ provedBy }) => provedBy));
    const own = rules.filter(({ id }) => proofs.has(id));
    const { findings, proven } = verify(stateOf(whole(spec)), [], { rules: own });
    expect(findings.map(({ ruleId, message }) => `${ruleId}: ${message}`)).toEqual([]);
    // None of them is silent because there is nothing to look at.
    const silent = own.filter(({ id }) => !proven.some(({ ruleId }) => ruleId === id)).map(({ id }) => id);
    expect(silent).toEqual([]);
  });

  test('no secret stands in it', () => {
    const text = JSON.stringify(resources);
    expect(text).not.toMatch(/PRIVATE KEY|password"|clientSecret|accountKey|sasToken|adminPassword/i);
  });
});

/**
 * Settings that can be undone without any rule of their decision noticing, and why that is right: what else holds them.
 */
const unnoticed: readonly string[] = [
  // Azure refuses a gateway without one.
  'gateway-01/gateway#properties.frontendIPConfigurations',
  // What is said is Azure's default: said, so that a later default changes nothing.
  'cluster-01/cluster-with-mesh#properties.agentPoolProfiles.type',
  'cluster-01/registry-live#properties.policies.azureADAuthenticationAsArmPolicy',
  'cluster-01/registry-quarantine#properties.policies.azureADAuthenticationAsArmPolicy',
  // How many pods share a node is room, not isolation: ranges for it are checked on the spec.
  'cluster-01/cluster-with-mesh#properties.agentPoolProfiles.maxPods',
  // Quarantine holds nothing that must not leave, and what it forgets can be imported again.
  'cluster-01/registry-quarantine#properties.policies.exportPolicy',
  'cluster-01/registry-quarantine#properties.policies.retentionPolicy',
];

test('undoing a decision’s setting is noticed by what proves it', { timeout: 60_000 }, () => {
  const last = new Map(resources.filter(({ amends }) => amends !== undefined).map((one) => [one.amends, one]));
  const survivors: string[] = [];
  let count = 0;
  for (const { decision, key, path } of claims) {
    if (path === undefined) continue;
    const resource = resources.find((one) => one.key === key);
    // What a later stage puts again is looked at there.
    if (resource === undefined || last.has(resource.key)) continue;
    const proofs = rules.filter(({ id }) => decision.provedBy.includes(id));
    const changed: Blueprint = {
      ...blueprint,
      parts: blueprint.parts.map((part) => ({
        ...part,
        resources: part.resources.map((one) => (one.key === key ? withoutSetting(one, path) : one)),
      })),
    };
    if (JSON.stringify(changed) === JSON.stringify(blueprint)) continue;
    count++;
    const { findings, proven } = verify(stateOf(changed), [], { rules: proofs });
    // A rule that finds nothing to look at any more proves nothing, which the report shows.
    const stillProven = proofs.every(({ id }) => proven.some(({ ruleId }) => ruleId === id));
    if (findings.length === 0 && stillProven) survivors.push(`${key}#${path}`);
  }
  expect([...new Set(survivors)].sort()).toEqual([...unnoticed].sort());
  expect(count).toBeGreaterThan(150);
});

describe('versions', () => {
  const refused = (version: string, support = 'long-term') => {
    const spec = testSpec(`clusters: [{ kubernetes: { version: "${version}", support: ${support} } }]`);
    return () => buildBlueprint(spec, { today: new Date('2026-09-01T00:00:00Z') });
  };

  // AKS release calendar of 2026-08-05.
  test('the newest that the day and the mesh support is chosen', () => {
    expect(JSON.stringify(resources)).toContain('"kubernetesVersion":"1.36"');
    expect(JSON.stringify(resources)).toContain('asm-1-30');
  });

  test('one whose support has ended is refused with the day', () => {
    expect(refused('1.33', 'standard')).toThrow(
      expect.objectContaining({
        code: 'BLUEPRINT_VERSION_UNSUPPORTED',
        message: 'Cluster 01: The standard support of Kubernetes 1.33 ended on 2026-07-31.',
        place: expect.objectContaining({ path: 'clusters[0].kubernetes.version' }),
      }),
    );
    expect(refused('1.33')).not.toThrow();
  });

  test('one that does not exist is refused', () => {
    expect(refused('1.20')).toThrow(/none of the versions/);
  });
});
