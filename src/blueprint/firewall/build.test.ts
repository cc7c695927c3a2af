import { describe, expect, test } from 'vitest';
import type { Blueprint } from '../../model/blueprint.ts';
import { buildBlueprint } from '../build.ts';
import { partOf, propertiesOf, resourceOf } from '../test-parts.ts';
import { defaultSpec, twoClusterSpec } from '../test-spec.ts';

const blueprint = buildBlueprint(defaultSpec);

interface Rule {
  readonly name: string;
  readonly ruleType: string;
  readonly sourceIpGroups?: readonly { readonly resource: string }[];
  readonly targetFqdns?: readonly string[];
  readonly destinationAddresses?: readonly string[];
  readonly destinationPorts?: readonly string[];
  readonly protocols?: readonly { readonly protocolType: string; readonly port: number }[];
}

function rulesOf(of: Blueprint, key: string): readonly Rule[] {
  const collections = propertiesOf(of, key).ruleCollections as readonly { readonly rules: readonly Rule[] }[];
  return collections.flatMap(({ rules }) => rules);
}

function sourcesOf(rule: Rule | undefined): readonly string[] {
  return (rule?.sourceIpGroups ?? []).map(({ resource }) => resource.split('/').at(-1)?.replace('ip-group-', '') ?? '');
}

describe('the firewall', () => {
  test('is Premium, in three zones, with three public addresses, and stands in its subnet', () => {
    expect(resourceOf(blueprint, 'hub/eastus2/firewall').zones).toEqual(['1', '2', '3']);
    const { sku, ipConfigurations } = propertiesOf(blueprint, 'hub/eastus2/firewall') as unknown as {
      readonly sku: unknown;
      readonly ipConfigurations: readonly { readonly properties: Readonly<Record<string, unknown>> }[];
    };
    expect(sku).toEqual({ name: 'AZFW_VNet', tier: 'Premium' });
    expect(ipConfigurations).toHaveLength(3);
    expect(ipConfigurations.filter(({ properties }) => 'subnet' in properties)).toHaveLength(1);
  });

  test('denies by threat intelligence and signatures, and is the resolver of its clients', () => {
    // Landing-zone page, section 2, "TLS inspection"; network-semantics statement 80.
    expect(propertiesOf(blueprint, 'hub/eastus2/firewall-policy')).toMatchObject({
      sku: { tier: 'Premium' },
      threatIntelMode: 'Deny',
      intrusionDetection: { mode: 'Deny' },
      dnsSettings: { enableProxy: true },
      insights: { isEnabled: true },
    });
    expect(propertiesOf(blueprint, 'hub/eastus2/firewall-policy')).not.toHaveProperty('transportSecurity');
  });

  test('is written to one at a time, itself last', () => {
    const [group] = new Set(
      partOf(blueprint, 'firewall')
        .resources.filter(({ stage, oneAtATime }) => stage === 'hub' && oneAtATime !== undefined)
        .map(({ oneAtATime }) => oneAtATime),
    );
    const order = partOf(blueprint, 'firewall')
      .resources.filter(({ stage, oneAtATime }) => stage === 'hub' && oneAtATime === group)
      .map(({ key }) => key);
    expect(order).toEqual([
      'hub/eastus2/firewall-rules-images',
      'hub/eastus2/firewall-rules-deny-rest',
      'hub/eastus2/firewall',
    ]);
  });

  test('every rule has a name of its own in its group, and the groups have priorities of their own', () => {
    const two = buildBlueprint(twoClusterSpec);
    const groups = partOf(two, 'firewall').resources.filter(({ type }) => type.endsWith('/ruleCollectionGroups'));
    const priorities = groups.map(({ key }) => propertiesOf(two, key).priority);
    expect(new Set(priorities).size).toBe(groups.length);
    expect(Math.max(...(priorities as number[]))).toBe(
      propertiesOf(two, 'hub/eastus2/firewall-rules-deny-rest').priority,
    );
    for (const { key } of groups) {
      const names = rulesOf(two, key).map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });
});

describe('rules for a cluster', () => {
  const rules = rulesOf(blueprint, 'hub-rules-01/firewall-rules');
  const rule = (name: string) => rules.find((one) => one.name === name);

  test('give the name tag of AKS to nodes only', () => {
    // azure-aks-docs outbound-rules-control-egress.
    expect(rule('aks-nodes')).toMatchObject({ fqdnTags: ['AzureKubernetesService'] });
    expect(sourcesOf(rule('aks-nodes'))).toEqual(['nodes']);
  });

  test('give in-scope and out-of-scope pods Defender’s names only', () => {
    const of = (sender: string) => rules.filter((one) => sourcesOf(one).includes(sender)).map(({ name }) => name);
    expect(of('in-scope')).toEqual(['defender-sensors']);
    expect(of('out-of-scope')).toEqual(['defender-sensors']);
    expect(of('jump-boxes')).toEqual(['time-jump-boxes', 'operators']);
  });

  test('give build agents the five services that Microsoft names, Storage and Event Hubs of their region', () => {
    // azure-management-docs container-registry/tasks-agent-pools, "Add firewall rules".
    expect(rule('registry-agents')).toMatchObject({
      ruleType: 'NetworkRule',
      ipProtocols: ['TCP'],
      destinationAddresses: [
        'AzureKeyVault',
        'Storage.eastus2',
        'EventHub.eastus2',
        'AzureActiveDirectory',
        'AzureMonitor',
      ],
      destinationPorts: ['443'],
    });
    expect(rule('registry-agents-diagnostics')).toMatchObject({
      destinationAddresses: ['AzureMonitor'],
      destinationPorts: ['12000'],
    });
  });

  test('have no network rule to 443 for senders that are judged by name', () => {
    // network-semantics statement 76.
    const byAddress = rules.filter(
      ({ ruleType, destinationPorts }) => ruleType === 'NetworkRule' && destinationPorts?.includes('443'),
    );
    const byName = new Set(rules.filter(({ ruleType }) => ruleType === 'ApplicationRule').flatMap(sourcesOf));
    expect(byAddress.flatMap(sourcesOf).filter((sender) => byName.has(sender))).toEqual([]);
  });

  test('open no tunnel ports: the API server is in the network', () => {
    // Landing-zone page, section 5.
    const ports = rules.flatMap(({ destinationPorts = [] }) => destinationPorts);
    expect(ports.filter((port) => ['1194', '9000'].includes(port))).toEqual([]);
  });

  test('time comes over NTP to jump boxes and image builds only', () => {
    const all = partOf(blueprint, 'firewall')
      .resources.filter(({ type }) => type.endsWith('/ruleCollectionGroups'))
      .flatMap(({ key }) => rulesOf(blueprint, key));
    const time = all.filter(({ destinationPorts }) => destinationPorts?.includes('123'));
    expect(time.flatMap(sourcesOf).sort()).toEqual(['image-builds', 'jump-boxes']);
    for (const one of time) expect(one).toMatchObject({ ipProtocols: ['UDP'], destinationFqdns: ['ntp.ubuntu.com'] });
  });
});

describe('allowances', () => {
  const on = (day: string) => buildBlueprint(twoClusterSpec, { today: new Date(`${day}T00:00:00Z`) });
  const names = (of: Blueprint, cluster: string) =>
    rulesOf(of, `hub-rules-${cluster}/firewall-rules`).map(({ name }) => name);

  test('become rules of the clusters that they are for, with their sender, protocol and port', () => {
    const before = on('2026-06-30');
    expect(names(before, '01')).toEqual(
      expect.arrayContaining(['allowance-payment-provider', 'allowance-weather', 'allowance-base-images']),
    );
    expect(names(before, '02')).not.toContain('allowance-payment-provider');
    const weather = rulesOf(before, 'hub-rules-02/firewall-rules').find(({ name }) => name === 'allowance-weather');
    expect(weather).toMatchObject({
      targetFqdns: ['*.weather.example.com'],
      protocols: [{ protocolType: 'Https', port: 8443 }],
    });
    expect(sourcesOf(weather)).toEqual(['out-of-scope']);
  });

  test('have a decision with reason, owner and last day', () => {
    const decision = partOf(on('2026-06-30'), 'firewall').decisions.find(
      ({ id }) => id === 'allowance-payment-provider',
    );
    expect(decision?.because).toBe(
      'Payments are settled there. payments@contoso.com answers for it. It ends after 2027-06-30.',
    );
    expect(decision?.resources).toEqual(['hub-rules-01/firewall-rules#allowance-payment-provider']);
    expect(decision?.provedBy).toContain('allowance-payment-provider-reaches-01');
  });

  test('are left out after their last day, from the firewall and from security groups', () => {
    const after = on('2026-07-01');
    expect(names(after, '01')).not.toContain('allowance-weather');
    expect(JSON.stringify(after)).not.toContain('8443Out');
    expect(JSON.stringify(on('2026-06-30'))).toContain('AllowPort8443Out');
    expect(partOf(after, 'firewall').decisions.map(({ id }) => id)).not.toContain('allowance-weather');
  });
});
