import { describe, expect, it } from 'vitest';
import { readNetwork } from '../../src/verify/index.ts';
import { meshRows } from './data/mesh.ts';
import { clusterState, custom, namespace, pod, town } from './kube-shapes.ts';
import { askEach, askRow } from './policy-rows.ts';

describe('the mesh', () => {
  askEach(meshRows);

  it('names what an answer depends on', () => {
    const about = (what: string): string => {
      const row = meshRows.find((one) => one.what === what);
      if (row === undefined) throw new Error(what);
      return askRow(row).assumptions.join('\n');
    };
    expect(about('methods and paths leave an allowed request open')).toContain('methods of the HTTP request (GET)');
    expect(about('CUSTOM is the external authorizer’s affair')).toContain('the external authorizer opa');
    expect(about('REGISTRY_ONLY: pod:pay/web')).toContain('the pod sends through its own proxy');
  });

  it('knows who is in the mesh, by pod, namespace, container and annotation', () => {
    const state = clusterState([
      ...town,
      custom('security.istio.io/v1', 'PeerAuthentication', 'pay/default', { mtls: { mode: 'STRICT' } }),
      namespace('in', { 'istio.io/rev': 'asm-1-24' }),
      namespace('ambient', { 'istio.io/dataplane-mode': 'ambient' }),
      pod('in/plain', {}),
      pod('in/out', { 'sidecar.istio.io/inject': 'false' }),
      pod('in/host', {}, [], { hostNetwork: true }),
      pod('in/holes', {}, [], {
        metadata: { annotations: { 'traffic.sidecar.istio.io/excludeInboundPorts': '9100' } },
      }),
      pod('ambient/a', {}),
      pod('ops/asked', { 'sidecar.istio.io/inject': 'true' }),
      pod('ops/has', {}, [], { containers: [{ name: 'istio-proxy' }] }),
      pod('nowhere/x', {}),
    ]);
    const { cluster } = readNetwork(state).model;
    const of = (name: string) => cluster?.workloads.find((one) => one.name === name)?.mesh;
    expect(['plain', 'out', 'host', 'holes', 'a', 'asked', 'has', 'x', 'probe'].map(of)).toEqual([
      'yes',
      'no',
      'no',
      'open',
      'yes',
      'yes',
      'yes',
      'open',
      'no',
    ]);
  });

  it('reads the mesh’s own configuration, the AKS add-on’s too', () => {
    const config = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { namespace: 'aks-istio-system', name: 'istio-shared-configmap-asm-1-24' },
      data: { mesh: 'outboundTrafficPolicy:\n  mode: REGISTRY_ONLY\n' },
    };
    const { cluster } = readNetwork(clusterState([...town, config])).model;
    expect(cluster?.policies.map((one) => one.id)).toEqual(['MeshConfig aks-istio-system']);
  });
});
