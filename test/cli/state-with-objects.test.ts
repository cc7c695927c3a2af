import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clusterZone, managedCluster, nsgPods, pool } from '../reach/cluster-zone.ts';
import { runCli } from './run-cli.ts';

/** States with Kubernetes manifests, through the verbs: one answer over policy, security group, route, firewall and mesh. */

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'state-objects-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const run = async (...inputs: readonly string[]) => {
  const { code, errors, out } = await runCli(folder, ...inputs);
  const json: unknown = out.startsWith('{') ? JSON.parse(out) : undefined;
  return { exit: code, stderr: errors, json };
};

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
}

const inside = '10.4.64.0/18';
const open = nsgPods('in', inside, ['AllowOut', 100, 'In', 'Allow', 'Tcp', '10.4.128.0/18', inside, '9090']);
const resources = clusterZone([], [managedCluster(), open]).resources;
const base = `
apiVersion: v1
kind: Namespace
metadata: { name: shop }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: api }
spec:
  selector: { matchLabels: { app: api } }
  template:
    metadata: { labels: { app: api } }
    spec:
      nodeSelector: { agentpool: in }
      containers: [{ name: main, image: example, ports: [{ containerPort: 9090 }] }]
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: api }
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ads } } }], ports: [{ port: 9090 }] }]
`;
const ads = base
  .slice(0, base.indexOf('---\napiVersion: networking'))
  .replaceAll('shop', 'ads')
  .replaceAll('api }', 'show }')
  .replace('agentpool: in', 'agentpool: out')
  .replace('name: api', 'name: show');

const intents = `
- { id: ads-to-api, statement: ads reach the API, expect: allowed, from: ["namespace:ads"], to: ["pod:shop/api"], traffic: [{ protocol: tcp, ports: [9090] }], controls: ["1.3.1"] }
- { id: nobody-else, statement: nobody else does, expect: denied, from: [any], exceptFrom: ["namespace:ads", "namespace:shop", "subnet:snet-nodes-in", "subnet:snet-nodes-out"], to: ["pod:shop/api"], controls: ["1.3.1"] }
`;

describe('a state folder with manifests', () => {
  beforeEach(() => {
    write('resources.json', JSON.stringify(resources));
    write('intents.yaml', intents);
    write('gitops/aks/kustomization.yaml', 'resources: [shop, ads]');
    write('gitops/aks/shop/kustomization.yaml', 'namespace: shop\nresources: [all.yaml]');
    write('gitops/aks/shop/all.yaml', base);
    write('gitops/aks/ads/kustomization.yaml', 'namespace: ads\nresources: [all.yaml]');
    write('gitops/aks/ads/all.yaml', ads);
  });

  it('answers from pod to pod through every layer', async () => {
    const { exit, json } = await run(
      'reach',
      'pod:ads/show',
      'pod:shop/api',
      '--port',
      '9090',
      '--state',
      folder,
      '-o',
      'json',
    );
    expect(exit).toBe(0);
    const answer = json as { verdict: string; hops: { layer: string; rule: string }[] };
    expect(answer.verdict).toBe('allowed');
    expect(answer.hops.map((hop) => `${hop.layer} ${hop.rule}`)).toEqual([
      'network-policy (no policy speaks about egress)',
      'nsg AllowPodsOut',
      'route system: virtual network',
      'nsg AllowOut',
      'network-policy ingress[0]',
    ]);
  });

  it('proves intents about pods, and says which packet breaks one', async () => {
    const only = async () => {
      const { json } = await run('verify', '--state', folder, '-o', 'json');
      const { findings } = json as { findings: { ruleId: string; message: string }[] };
      return findings.filter((one) => one.ruleId === 'ads-to-api' || one.ruleId === 'nobody-else');
    };
    expect(await only()).toEqual([]);
    write(
      'gitops/aks/shop/all.yaml',
      base.replace('kubernetes.io/metadata.name: ads', 'kubernetes.io/metadata.name: x'),
    );
    expect((await only()).map((one) => one.ruleId)).toEqual(['ads-to-api']);
  });

  it('exports what it read, and reads what it exported', async () => {
    const out = path.join(folder, 'out');
    const first = await run('state', 'export', '--state', folder, '--out', out, '-o', 'json');
    expect((first.json as { objects: number }).objects).toBe(5);
    expect((first.json as { files: string[] }).files.join('\n')).toContain(
      'objects/aks/networkpolicy.networking.k8s.io_shop_api.yaml',
    );
    const again = await run('state', 'export', '--state', out, '--out', path.join(folder, 'two'), '-o', 'json');
    expect((again.json as { digest: string }).digest).toBe((first.json as { digest: string }).digest);
  });

  it('refuses a tree that it cannot render, by name', async () => {
    write('gitops/aks/ads/kustomization.yaml', 'namePrefix: a-\nresources: [all.yaml]');
    const { exit, stderr } = await run('verify', '--state', folder);
    expect(exit).toBe(2);
    expect(stderr).toContain('KUSTOMIZATION_NOT_RENDERED');
    expect(stderr).toContain('namePrefix');
  });
});

describe('a state of two clusters', () => {
  beforeEach(() => {
    const second = managedCluster(undefined, [pool('out')], 'aks-2');
    write(
      'resources.json',
      JSON.stringify([
        ...resources.filter((one) => one.name !== 'aks'),
        managedCluster(undefined, [pool('in')]),
        second,
      ]),
    );
    write(
      'objects/aks/shop.yaml',
      base
        .replaceAll('kind: Deployment\nmetadata: {', 'kind: Deployment\nmetadata: { namespace: shop,')
        .replaceAll('kind: NetworkPolicy\nmetadata: {', 'kind: NetworkPolicy\nmetadata: { namespace: shop,'),
    );
    write(
      'objects/aks-2/ads.yaml',
      ads.replaceAll('kind: Deployment\nmetadata: {', 'kind: Deployment\nmetadata: { namespace: ads,'),
    );
  });
  const ask = async (from: string, to: string) => {
    const { json, stderr } = await run('reach', from, to, '--port', '9090', '--state', folder, '-o', 'json');
    const answer = json as { verdict: string; hops: { layer: string; rule: string }[] } | undefined;
    return answer === undefined ? stderr : `${answer.verdict} by ${answer.hops.at(-1)?.rule}`;
  };

  it('knows whose pods are meant, and sees those of the other cluster as addresses', async () => {
    // The policy lets in the namespace ads of its own cluster; what comes from another cluster is an address to it.
    expect(await ask('pod:aks-2/ads/show', 'pod:aks/shop/api')).toContain('denied by (no ingress rule allows it');
    expect(await ask('pod:shop/api', '10.4.128.7')).toContain('denied by DenyAllOut');
    expect(await ask('pod:aks-3/ads/show', 'pod:shop/api')).toContain('There is no cluster pod:aks-3/ads/show');
  });
});

it('manifests alone are a state: the layers of Kubernetes are judged', async () => {
  write('app.yaml', base.replaceAll('metadata: { name: api }', 'metadata: { name: api, namespace: shop }'));
  const { json } = await run('reach', '192.0.2.1', 'pod:shop/api', '--port', '9090', '--state', folder, '-o', 'json');
  expect((json as { verdict: string }).verdict).toBe('denied');
  expect((json as { assumptions: string[] }).assumptions.join()).toContain('judged alone');
});

it('a list of deployments reads nothing outside of its folder', async () => {
  write('secret.json', '{}');
  write(
    'zone/deployments.yaml',
    '- { template: ../secret.json, name: a, scope: /subscriptions/00000000-0000-0000-0000-000000000001 }',
  );
  const { exit, stderr } = await run('verify', '--state', path.join(folder, 'zone'));
  expect(exit).toBe(2);
  expect(stderr).toContain('DEPLOYMENTS_PATH_OUTSIDE');
});

it('a folder where nothing can be made is said to be one, and not waited for', async () => {
  write('resources.json', '[]');
  const { exit, stderr } = await run('state', 'export', '--state', folder, '--out', '/proc/nowhere/at/all');
  expect(exit).toBe(1);
  expect(stderr).toContain('FOLDER_UNWRITABLE');
}, 10_000);
