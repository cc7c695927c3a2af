import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type CallerName, expectedMatrix, type Layer, type TargetName } from '../expected-matrix.ts';
import { allowedNames } from '../local/egress-firewall.ts';
import { outsideAddresses } from '../local/outside-hosts.ts';
import { isRoleName, roles } from '../service/roles.ts';
import { type Cluster, findPod, readCluster } from './cluster.ts';
import { stopsEntering, stopsLeavingForHost, stopsLeavingForPod, stopsRequest } from './decide.ts';
import { identityOf, type Pod } from './pods.ts';
import { endpointsOf, findService } from './registry.ts';
import { folders, workloadCluster } from './test-cluster.ts';

const podOf = (cluster: Cluster, name: CallerName): Pod =>
  isRoleName(name)
    ? findPod(cluster, roles[name].namespace, name)
    : findPod(cluster, 'ingress-gateway', 'internal-istio');

/** Every layer that stops the pair, asked one by one; the firewall's rules are the local run's. */
function stops(cluster: Cluster, callerName: CallerName, targetName: TargetName): readonly Layer[] {
  const caller = podOf(cluster, callerName);
  if (!isRoleName(targetName)) {
    const subnet = caller.namespace === 'a0005-o' ? 'out-of-scope' : 'in-scope';
    const address = outsideAddresses[targetName] as string;
    const refused: readonly Layer[] = allowedNames[subnet].includes(targetName) ? [] : ['egress firewall'];
    return [...stopsLeavingForHost(cluster, caller, { name: targetName, address, port: 443 }), ...refused];
  }
  const service = findService(cluster.registry, `${targetName}.${roles[targetName].namespace}`, caller.namespace);
  const [endpoint] = service === undefined ? [] : endpointsOf(service, 80, cluster.pods);
  if (endpoint === undefined) throw new Error(`${targetName} has no endpoint on port 80.`);
  const { pod: target, port } = endpoint;
  return [
    ...stopsLeavingForPod(cluster, caller, target, port),
    ...stopsEntering(cluster, target, { pod: caller }, port),
    ...stopsRequest(cluster, target, {
      identity: identityOf(caller),
      method: 'GET',
      path: callerName === 'ingress' ? '/' : '/URLCaller/depth/3',
      host: targetName,
      port,
    }),
  ];
}

describe('the manifests give the expected matrix, layer by layer', () => {
  const cluster = workloadCluster();
  test.each(expectedMatrix.map((row) => [row.caller, row.target, row] as const))('%s → %s', (caller, target, row) => {
    expect(stops(cluster, caller, target)).toEqual(row.stoppedBy);
  });

  test('everybody asks for port 80 and every Service has it: no row fails for want of a port', () => {
    for (const [name, role] of Object.entries(roles)) {
      const service = findService(cluster.registry, `${name}.${role.namespace}`, 'a0005-i');
      expect(
        service?.ports.map((port) => port.number),
        name,
      ).toEqual([80]);
    }
  });
});

describe('a changed manifest changes what it says, and nothing else', () => {
  const copies: string[] = [];
  afterEach(() => {
    for (const copy of copies.splice(0)) rmSync(copy, { recursive: true });
  });

  /** The rows whose verdict (passes or not) or whose layers differ after the change. */
  function changed(
    file: string,
    from: string | RegExp,
    to: string,
  ): { verdicts: readonly string[]; layers: readonly string[] } {
    const copy = mkdtempSync(path.join(tmpdir(), 'manifests-'));
    copies.push(copy);
    cpSync(folders[0], copy, { recursive: true });
    const text = readFileSync(path.join(copy, file), 'utf8');
    const edited = text.replace(from, to);
    expect(edited, 'the edit finds its place').not.toBe(text);
    writeFileSync(path.join(copy, file), edited);
    const cluster = readCluster([copy, folders[1]]);
    const rows = expectedMatrix.map((row) => ({
      row,
      now: stops(cluster, row.caller, row.target),
      name: `${row.caller} → ${row.target}`,
    }));
    return {
      verdicts: rows
        .filter(({ row, now }) => (now.length === 0) !== (row.stoppedBy.length === 0))
        .map(({ name }) => name),
      layers: rows.filter(({ row, now }) => now.join() !== row.stoppedBy.join()).map(({ name }) => name),
    };
  }

  test('b may leave on 443: b reaches the package host', () => {
    const change = changed(
      'a0005-o/microservice-b-policies.yaml',
      '  egress:\n',
      '  egress:\n    - ports: [{ port: 443 }]\n',
    );
    expect(change.verdicts).toEqual(['microservice-b → packages.microsoft.com']);
  });

  test("c lets nobody in by NetworkPolicy: b's call is stopped", () => {
    const change = changed(
      'a0005-i/microservice-c-policies.yaml',
      /ingress:\n(?: {4}.*\n)+ {2}egress/,
      'ingress: []\n  egress',
    );
    expect(change.verdicts).toEqual(['microservice-b → microservice-c']);
  });

  test('web-frontend may leave to b by NetworkPolicy: two other layers still stop it', () => {
    const change = changed(
      'a0005-i/web-frontend-policies.yaml',
      'app.kubernetes.io/name: microservice-a\n',
      'app.kubernetes.io/part-of: a0005\n',
    );
    expect(change.verdicts).toEqual([]);
    expect(change.layers).toEqual(['web-frontend → microservice-b']);
  });

  test('without the policy for names, nobody in the namespace reaches anybody', () => {
    const change = changed(
      'a0005-o/every-pod.yaml',
      /- \{ protocol: (UDP|TCP), port: 53 \}\n {8}- \{ protocol: TCP, port: 53 \}/,
      '- { protocol: TCP, port: 54 }',
    );
    expect(change.verdicts).toEqual([
      'microservice-a → microservice-b',
      'microservice-a → packages.microsoft.com',
      'microservice-b → microservice-c',
    ]);
  });

  test('a namespace with the same application labels is not trusted: peers are chosen by the name of their namespace', () => {
    const change = changed('a0005-o/namespace.yaml', 'pci-scope: out-of-scope', 'pci-scope: in-scope');
    expect(change.layers).toEqual([]);
  });

  test('an entry that every namespace sees opens the registry for all, and the other layers still stop them', () => {
    const change = changed('a0005-o/packages.yaml', 'exportTo: ["."]', 'exportTo: ["*"]');
    expect(change.verdicts).toEqual([]);
    expect(change.layers).toEqual([
      'ingress → packages.microsoft.com',
      'web-frontend → packages.microsoft.com',
      'microservice-c → packages.microsoft.com',
    ]);
  });
});
