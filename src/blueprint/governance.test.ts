import { describe, expect, test } from 'vitest';
import { isLenient, publishedPolicy, wrongParameters } from '../../test/referee/assigned-policies.ts';
import { hasPolicies, policyFolder } from '../../test/referee/policy-reads.ts';
import { emittedBodies } from '../../test/referee/template-bodies.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Resource } from '../model/resource.ts';
import type { Spec } from '../spec/spec.ts';
import { synthesize } from '../synth/synthesize.ts';
import { rules } from '../verify/index.ts';
import { verify } from '../verify/verify.ts';
import { buildBlueprint } from './build.ts';
import { allowedImages } from './policy/cluster-assignments.ts';
import { customPolicies } from './policy/custom-definitions.ts';
import { defaultSpec, testSpec, twoClusterSpec, twoRegionSpec } from './test-spec.ts';
import { stateOf } from './test-state.ts';

const today = new Date('2026-11-24T12:00:00Z');

const whole = (spec: Spec): Blueprint => buildBlueprint(spec, { today });

const blueprint = whole(defaultSpec);
const names = ['budget', 'defender', 'jump-box', 'alerts', 'monitoring', 'diagnostics', 'policy', 'subscription'];
const parts = blueprint.parts.filter(({ name }) => names.includes(name));
const resources = parts.flatMap((part) => part.resources);
const decisions = parts.flatMap((part) => part.decisions);
const ofType = (type: string): readonly Resource[] => resources.filter((one) => one.type === type);
const properties = (resource: Resource | undefined) =>
  resource?.properties as unknown as Readonly<Record<string, unknown>>;

const specs: readonly (readonly [string, Spec])[] = [
  ['the default', defaultSpec],
  ['two clusters', twoClusterSpec],
  ['two regions', twoRegionSpec],
];

describe.each(specs)('the governance of %s', (_name, spec) => {
  const all = whole(spec);
  const everything = all.parts.flatMap((part) => part.resources);

  test('names and keys are unique', () => {
    const once = everything.filter(({ amends }) => amends === undefined);
    const azure = once.map(({ type, name, scope }) => `${JSON.stringify(scope)} ${type} ${name}`.toLowerCase());
    const keys = everything.map(({ key }) => key);
    for (const list of [azure, keys]) expect(list.filter((one, i) => list.indexOf(one) !== i)).toEqual([]);
  });

  test('every resource follows from a decision', () => {
    const decided = new Set(
      all.parts.flatMap((part) => part.decisions.flatMap((one) => one.resources.map((key) => key.split('#')[0]))),
    );
    expect(everything.map(({ key }) => key).filter((key) => !decided.has(key))).toEqual([]);
  });

  test('every proof is a rule or an intent, and no rule finds an error', () => {
    const intents = all.parts.flatMap((part) => part.intents);
    const known = new Set([...rules.map(({ id }) => id), ...intents.map(({ id }) => id)]);
    const proofs = all.parts.flatMap((part) => part.decisions.flatMap(({ provedBy }) => provedBy));
    expect(proofs.filter((one) => !known.has(one))).toEqual([]);
    const { findings } = verify(stateOf(all), []);
    expect(findings.filter(({ level }) => level === 'error').map((one) => `${one.ruleId}: ${one.message}`)).toEqual([]);
  });

  test('it becomes templates that the engine finds nothing odd in', () => {
    const { warnings } = emittedBodies(synthesize(all));
    expect(warnings).toEqual([]);
  });
});

test('decisions say why, what else was possible, and which requirements they serve', () => {
  for (const decision of decisions) {
    expect(decision.because.length, decision.id).toBeGreaterThan(40);
    expect(decision.alternatives.length, decision.id).toBeGreaterThan(0);
    for (const control of decision.controls) expect(control).toMatch(/^pci-dss-4\.0\.1:\d+(\.\d+){2,3}$/);
    expect(decision.controls.length, decision.id).toBeGreaterThan(0);
  }
});

if (!hasPolicies) console.warn(`skipped: Microsoft’s policies are not in ${policyFolder}`);

/** Where Microsoft's policies are absent this skips and says so; with CI set it runs, and fails. */
describe.skipIf(!hasPolicies && process.env.CI === undefined)('what is assigned', () => {
  const assignments = ofType('Microsoft.Authorization/policyAssignments');
  const builtIns = assignments.filter((one) => typeof properties(one)?.policyDefinitionId === 'string');

  test('are definitions that Azure has, with parameters that they take', () => {
    expect(builtIns.length).toBeGreaterThan(30);
    expect(builtIns.flatMap(wrongParameters)).toEqual([]);
  });

  test('deny wherever the definition can', () => {
    expect(builtIns.filter(isLenient).map(({ name }) => name)).toEqual([]);
  });

  test('those that mend have the roles that their definitions ask for', () => {
    const mending = builtIns.filter(({ name }) => name.startsWith('mend-'));
    expect(mending.length).toBe(3);
    const given = JSON.stringify(
      resources.filter(({ key }) => key.startsWith('policy/')).map(({ properties: p }) => p),
    );
    for (const one of mending) {
      const id = String(properties(one)?.policyDefinitionId).split('/').at(-1) ?? '';
      const needed = publishedPolicy(id).policyRule?.then.details?.roleDefinitionIds ?? [];
      expect(needed.length).toBeGreaterThan(0);
      for (const role of needed) expect(given).toContain(role.split('/').at(-1));
    }
  });

  test('policies of ours ask about settings that Azure’s policies know', () => {
    const text = customPolicies.map(({ when }) => JSON.stringify(when)).join();
    const asked = [...new Set([...text.matchAll(/"field":"(Microsoft\.[^"]+)"/g)].map(([, alias]) => alias as string))];
    const theirs = [
      '0a15ec92-a229-4763-bb14-0ea34a568f8d',
      'a1840de2-8088-4ea8-b153-b4c723e9cb01',
      '89f2d532-c53c-4f8f-9afa-4927b1114a0d',
      'ac4a19c2-fa67-49b4-8ae5-0b2e78c49457',
    ]
      .map((id) => JSON.stringify(publishedPolicy(id)))
      .join();
    // In Microsoft's list of aliases; used by built-ins that are not in the reference folder.
    const listed = [
      'Microsoft.ContainerService/managedClusters/aadProfile.enableAzureRBAC',
      'Microsoft.Network/networkInterfaces/ipconfigurations[*]',
      'Microsoft.Network/networkInterfaces/ipconfigurations[*].publicIpAddress.id',
      'Microsoft.Compute/virtualMachineScaleSets/virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].ipConfigurations[*]',
      'Microsoft.Compute/virtualMachineScaleSets/virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].ipConfigurations[*].publicIPAddressConfiguration',
      'Microsoft.Network/applicationGateways/firewallPolicy.id',
      'Microsoft.Storage/storageAccounts/minimumTlsVersion',
      'Microsoft.ContainerRegistry/registries/adminUserEnabled',
    ];
    expect(asked.filter((alias) => !theirs.includes(`"${alias}"`) && !listed.includes(alias))).toEqual([]);
  });
});

describe('the images that pods may run', () => {
  const pattern = new RegExp(allowedImages(['crlive01.azurecr.io']));
  const digest = `sha256:${'a'.repeat(64)}`;
  test.each([
    [`crlive01.azurecr.io/live/a0005/chain-api@${digest}`, true],
    [`crlive01.azurecr.io/live/a0005/chain-api:1.0@${digest}`, true],
    ['mcr.microsoft.com/oss/v2/istio/proxyv2:v1.30.0', true],
    ['crlive01.azurecr.io/live/a0005/chain-api:1.0', false],
    // original-azure C6: met by the original's pattern, which looked anywhere in the text.
    [`evil.example/crlive01.azurecr.io/live/x@${digest}`, false],
    [`crlive01.azurecr.io.evil.example/live/x@${digest}`, false],
    [`crlive01xazurecrxio/live/x@${digest}`, false],
    [`crlive01.azurecr.io/live/x@${digest}/../../evil`, false],
    ['mcr.microsoft.com/oss/v2/istio/proxyv2:v1/../../evil', false],
    [`docker.io/library/nginx@${digest}`, false],
  ])('%s: %s', (image, allowed) => expect(pattern.test(image)).toBe(allowed));
});

test('the original’s Defender plans and those that have replaced them are on', () => {
  // landing-zone page, section 2: these six, and not Dns.
  expect(
    ofType('Microsoft.Security/pricings')
      .map(({ name }) => name)
      .sort(),
  ).toEqual(['Arm', 'CloudPosture', 'Containers', 'KeyVaults', 'StorageAccounts', 'VirtualMachines'].sort());
});

test('a role for each duty, none with rights over rights that its stages do not give', () => {
  const roles = ofType('Microsoft.Authorization/roleDefinitions').filter(
    ({ key }) => key.startsWith('policy/role-') && key !== 'policy/role-watcher-maker',
  );
  // design, landing-zone page, section 1: the seven roles.
  expect(roles).toHaveLength(7);
  const actions = (role: string) =>
    (properties(roles.find(({ key }) => key === `policy/role-${role}`)) as { permissions: [{ actions: string[] }] })
      .permissions[0].actions;
  expect(actions('network')).toContain('Microsoft.Network/virtualNetworks/subnets/join/action');
  expect(actions('network')).not.toContain('Microsoft.Compute/virtualMachineScaleSets/write');
  expect(actions('operations')).toContain('Microsoft.Compute/virtualMachineScaleSets/write');
  expect(
    actions('operations').filter((one) => /firewallPolicies.*write|networkSecurityGroups\/write/.test(one)),
  ).toEqual([]);
  for (const role of ['application-team', 'image-release', 'security', 'identity-admin']) {
    // Closing an incident is all that one of them writes.
    expect(actions(role).filter((one) => /\/(write|delete)$/.test(one) && !/incidents\/write/.test(one))).toEqual([]);
  }
});

test('a group takes what is put there and nothing else', () => {
  const [hub] = resources.filter(({ key }) => key.includes('hub-eastus2/known-types-only'));
  const parameters = properties(hub as Resource)?.parameters as Readonly<Record<string, { readonly value: string[] }>>;
  const types = parameters.listOfResourceTypesAllowed?.value ?? [];
  // original-azure C20: the original's list had no firewall policies.
  expect(types).toEqual(
    expect.arrayContaining(['Microsoft.Network/firewallPolicies', 'Microsoft.Network/azureFirewalls']),
  );
  expect(types.some((type) => /Compute|Sql|Web/.test(type))).toBe(false);
});

test('nothing secret stands in what is emitted', () => {
  const text = synthesize(blueprint)
    .map((file) => file.text)
    .join('\n');
  expect(text).not.toMatch(/PRIVATE KEY|"adminPassword"|listKeys\(|"protectedSettings"|sharedKey"|"secret":/);
  expect(text).not.toContain(
    defaultSpec.azure.subscriptionId.concat('/resourceGroups/rg-bu0001a0005-prod-image-staging"'),
  );
});

test('what jump boxes start with makes no user and takes no key', () => {
  const [set] = ofType('Microsoft.Compute/virtualMachineScaleSets');
  const profile = properties(set)?.virtualMachineProfile as {
    osProfile: { customData: string; linuxConfiguration: { ssh: { publicKeys: { keyData: string }[] } } };
  };
  const start = Buffer.from(profile.osProfile.customData, 'base64').toString();
  expect(start).toMatch(/^#cloud-config\nusers: \[\]\n/);
  expect(start).not.toMatch(/ssh_authorized_keys|ssh-rsa|passwd|ssh-ed25519/);
  // RFC 8709 section 4: the name, then 32 bytes.
  const [key] = profile.osProfile.linuxConfiguration.ssh.publicKeys;
  const wire = Buffer.from(key?.keyData.split(' ')[1] ?? '', 'base64');
  expect(wire.length).toBe(4 + 11 + 4 + 32);
  expect(wire.subarray(4, 15).toString()).toBe('ssh-ed25519');
});

test('tables of the audit trail are exported to containers that stay as they are', () => {
  const policies = ofType('Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies');
  expect(policies.length).toBeGreaterThan(10);
  for (const one of policies) {
    // PCI DSS 10.5.1: twelve months.
    expect(properties(one)).toEqual({
      immutabilityPeriodSinceCreationInDays: 365,
      allowProtectedAppendWritesAll: true,
    });
  }
});

test('without a day there is no budget, and with one it begins with the month', () => {
  const [budget] = ofType('Microsoft.Consumption/budgets');
  expect(properties(budget)).toMatchObject({ timePeriod: { startDate: '2026-11-01T00:00:00Z' } });
  const dayless = buildBlueprint(defaultSpec).parts.flatMap((part) => part.resources);
  expect(dayless.filter(({ type }) => type === 'Microsoft.Consumption/budgets')).toEqual([]);
});

test('the spec’s contacts are told, and owners besides', () => {
  const spec = testSpec('contacts: { security: [s@example.com, t@example.com], operations: [o@example.com] }');
  const all = whole(spec).parts.flatMap((part) => part.resources);
  const contact = all.find(({ key }) => key === 'defender/contact');
  expect(properties(contact)?.emails).toBe('s@example.com;t@example.com');
  const [security] = all.filter(({ key }) => key.endsWith('action-group-security'));
  expect(properties(security)?.emailReceivers).toHaveLength(2);
});
