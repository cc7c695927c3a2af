import { describe, expect, test } from 'vitest';
import { builtInOf, isLenient, wrongParameters } from '../../test/referee/assigned-policies.ts';
import { hasPolicies, policyFolder } from '../../test/referee/policy-reads.ts';
import type { Resource } from '../model/resource.ts';
import { verify } from '../verify/verify.ts';
import { buildBlueprint } from './build.ts';
import { allowedImages, podPoliciesOf2021 } from './policy/cluster-assignments.ts';
import { customPoliciesOf2021 } from './policy/policies-of-2021.ts';
import { dayOf2021, specOf2021 } from './test-spec.ts';
import { stateOf } from './test-state.ts';

const blueprint = buildBlueprint(specOf2021, { today: dayOf2021 });
const resources = blueprint.parts.flatMap((part) => part.resources);
const ofType = (type: string): readonly Resource[] => resources.filter((one) => one.type === type);

const assignments = ofType('Microsoft.Authorization/policyAssignments');

if (!hasPolicies) console.warn(`skipped: Microsoft’s policies are not in ${policyFolder}`);

describe.skipIf(!hasPolicies && process.env.CI === undefined)('what is assigned in profile 2021', () => {
  const builtIns = assignments.filter((one) => builtInOf(one) !== undefined);

  test('are definitions that Azure has, with parameters that they take, and none is left without a value', () => {
    expect(builtIns.length).toBeGreaterThan(15);
    expect(builtIns.flatMap(wrongParameters)).toEqual([]);
  });

  test('deny wherever the definition can', () => {
    expect(builtIns.filter(isLenient).map(({ name }) => name)).toEqual([]);
  });
});

/** Source: original-azure 4.1 to 4.3, the inventory of its release of 2021-12-14. */
test('built-in policies are only those that the reference implementation assigned on that day, and its initiative for PCI', () => {
  const original = [
    'a08ec900-254a-4555-9bf5-e42af04b5c5c',
    'b6e2945c-0b7b-40f5-9233-7a5323b5cdc6',
    '7d7be79c-23ba-4033-84dd-45e2a5ccdd67',
    '41425d9f-d1a5-499a-9932-f8ed8453932c',
    '42b8ef37-b724-4e24-bbc8-7a7708edfe00',
    '1a5b4dca-0b6f-4cf5-907c-56316bc1bf3d',
    '3fc4dc25-5baf-40d8-9b05-7fe74c1bc64e',
    '423dd1ba-798e-40e4-9c4d-b6902674b423',
    '46592696-4c7b-4bf3-9e45-6c2763bdc0a6',
    'd46c275d-1680-448d-b2ec-e495a3b6cc89',
    '440b515e-a580-421e-abeb-b159a61ddcbc',
    '233a2a17-77ca-4fb1-9b6b-69223d272a44',
    'df49d893-a74c-421d-bc95-c663042e5b80',
    '9f061a12-e40d-4183-a00e-171812443373',
    'e345eecc-fa47-480f-9e88-67dcc122b164',
    'febd0533-8e55-448f-b837-bd0e06f16469',
  ];
  const used = assignments.flatMap((one) => builtInOf(one) ?? []);
  expect([...new Set(used)].sort()).toEqual([...original, '496eeda9-8f2f-4d5e-8dfd-204f0a92ed41'].sort());
});

describe('what nobody may deploy in profile 2021', () => {
  /** Meets a condition of Azure Policy: the few operators that ours use. A second reading of them, of its own. */
  const meets = (condition: Readonly<Record<string, unknown>>, resource: Resource, values: Values): boolean => {
    const { allOf, anyOf, not, field } = condition as Condition;
    if (allOf !== undefined) return allOf.every((one) => meets(one, resource, values));
    if (anyOf !== undefined) return anyOf.some((one) => meets(one, resource, values));
    if (not !== undefined) return !meets(not, resource, values);
    if (field === undefined) return false;
    const value = field === 'type' ? resource.type : values(field.slice(resource.type.length + 1));
    const same = (wanted: unknown) => String(value).toLowerCase() === String(wanted).toLowerCase();
    if ('equals' in condition) return same(condition.equals);
    if ('notEquals' in condition) return !same(condition.notEquals);
    if ('in' in condition) return (condition.in as readonly unknown[]).some(same);
    throw new Error(`not read: ${JSON.stringify(condition)}`);
  };
  type Values = (path: string) => unknown;
  interface Condition {
    readonly allOf?: readonly Readonly<Record<string, unknown>>[];
    readonly anyOf?: readonly Readonly<Record<string, unknown>>[];
    readonly not?: Readonly<Record<string, unknown>>;
    readonly field?: string;
  }
  const at = (of: unknown, path: string): unknown =>
    path.split('.').reduce<unknown>((here, step) => {
      const members = Object.entries((here ?? {}) as Readonly<Record<string, unknown>>);
      return members.find(([name]) => name.toLowerCase() === step.toLowerCase())?.[1];
    }, of);
  const valuesOf =
    (resource: Resource): Values =>
    (path) =>
      at(resource.properties, path) ?? at(resource, path);
  const deniedBy = (resource: Resource, change: Readonly<Record<string, unknown>> = {}) =>
    customPoliciesOf2021
      .filter(({ name }) => name !== 'no-public-address-on-interfaces')
      .filter(({ when }) =>
        meets(when as Readonly<Record<string, unknown>>, resource, (path) =>
          path in change ? change[path] : valuesOf(resource)(path),
        ),
      )
      .map(({ name }) => name);

  test('is nothing that the landing zone deploys itself', () => {
    expect(resources.flatMap((one) => deniedBy(one).map((name) => `${one.key}: ${name}`))).toEqual([]);
  });

  const first = (type: string): Resource => ofType(type)[0] as Resource;
  test.each([
    [
      'Microsoft.ContainerService/managedClusters',
      'apiServerAccessProfile.enablePrivateCluster',
      false,
      'aks-is-private',
    ],
    ['Microsoft.ContainerService/managedClusters', 'disableLocalAccounts', undefined, 'aks-has-no-local-accounts'],
    [
      'Microsoft.ContainerService/managedClusters',
      'addonProfiles.azurePolicy.enabled',
      false,
      'aks-runs-the-policy-add-on',
    ],
    [
      'Microsoft.ContainerService/managedClusters',
      'apiServerAccessProfile.disableRunCommand',
      false,
      'aks-takes-no-commands-through-azure',
    ],
    [
      'Microsoft.Network/applicationGateways',
      'webApplicationFirewallConfiguration.enabled',
      false,
      'gateway-has-a-web-firewall',
    ],
    [
      'Microsoft.Network/applicationGateways',
      'webApplicationFirewallConfiguration.firewallMode',
      'Detection',
      'gateway-has-a-web-firewall',
    ],
    ['Microsoft.Network/applicationGateways', 'sku.name', 'Standard_v2', 'gateway-has-a-web-firewall'],
    ['Microsoft.ContainerRegistry/registries', 'publicNetworkAccess', 'Enabled', 'registry-is-private'],
    ['Microsoft.ContainerRegistry/registries', 'adminUserEnabled', true, 'registry-has-no-administrator'],
    ['Microsoft.KeyVault/vaults', 'enablePurgeProtection', undefined, 'vault-is-guarded'],
    ['Microsoft.KeyVault/vaults', 'enableRbacAuthorization', false, 'vault-is-guarded'],
    ['Microsoft.Storage/storageAccounts', 'allowSharedKeyAccess', true, 'storage-is-closed'],
    ['Microsoft.Storage/storageAccounts', 'networkAcls.defaultAction', 'Allow', 'storage-is-closed'],
    ['Microsoft.Storage/storageAccounts', 'minimumTlsVersion', 'TLS1_0', 'storage-takes-tls-12'],
    ['Microsoft.OperationalInsights/workspaces', 'publicNetworkAccessForQuery', 'Enabled', 'workspace-is-private'],
  ])('is a %s with %s %s: %s', (type, setting, value, policy) => {
    expect(deniedBy(first(type), { [setting]: value })).toEqual([policy]);
  });
});

describe('the images that pods of profile 2021 may run', () => {
  const pattern = new RegExp(allowedImages(['cr01.azurecr.io/live'], podPoliciesOf2021.proxy));
  const digest = `sha256:${'a'.repeat(64)}`;
  test.each([
    [`cr01.azurecr.io/live/a0005/chain-api@${digest}`, true],
    // What is in quarantine, and what has no digest.
    [`cr01.azurecr.io/quarantine/a0005/chain-api@${digest}`, false],
    ['cr01.azurecr.io/live/a0005/chain-api:1.0', false],
    // original-azure 4.3: what the mesh puts into pods. C6: the original's pattern looked anywhere in the text.
    ['mcr.microsoft.com/oss/openservicemesh/init:v0.9.1', true],
    ['mcr.microsoft.com/oss/envoyproxy/envoy:v1.18.3', true],
    ['mcr.microsoft.com/oss/v2/istio/proxyv2:v1.30.0', false],
    [`evil.example/cr01.azurecr.io/live/x@${digest}`, false],
  ])('%s: %s', (image, allowed) => expect(pattern.test(image)).toBe(allowed));
});

describe('Defender’s plans of 2021 come back when somebody turns them off', () => {
  const plans = ofType('Microsoft.Security/pricings').map(({ name }) => name);

  test('for each plan there is a policy, all are in the one initiative, and its identity may do what they do', () => {
    const definitions = ofType('Microsoft.Authorization/policyDefinitions').filter(({ key }) =>
      key.startsWith('policy/definition-defender-'),
    );
    expect(definitions.map(({ key }) => key.replace('policy/definition-defender-', '')).sort()).toEqual(
      [...plans].sort(),
    );
    const [set] = ofType('Microsoft.Authorization/policySetDefinitions');
    expect(set?.properties).toMatchObject({ policyDefinitions: { length: plans.length } });
    // original-azure C4: the original's identity had no role.
    const role = resources.find(({ key }) => key === 'policy/role-plan-keeper')?.properties as unknown as {
      permissions: [{ actions: readonly string[] }];
    };
    expect(role.permissions[0].actions).toContain('Microsoft.Security/pricings/write');
    expect(role.permissions[0].actions.some((action) => /\*|Authorization|policy/i.test(action))).toBe(false);
    expect(resources.some(({ key }) => key === 'policy/compliance-may-turn-plans-on')).toBe(true);
  });

  test('without the right of its identity the verifier finds it', () => {
    const without = {
      ...blueprint,
      parts: blueprint.parts.map((part) => ({
        ...part,
        resources: part.resources.filter(({ key }) => key !== 'policy/compliance-may-turn-plans-on'),
      })),
    };
    const ids = verify(stateOf(without), [], { today: dayOf2021 }).findings.map(({ ruleId }) => ruleId);
    expect(ids).toContain('mending-policies-have-rights');
  });
});
