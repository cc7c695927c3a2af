import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { stringify } from 'yaml';
import type { BuildContext } from '../context.ts';
import { type Built, joined, type PartDraft } from '../draft.ts';
import { type ClusterContext, clusterContexts } from '../kubernetes/cluster-context.ts';
import { object, placed } from '../kubernetes/object.ts';
import type { AuthorizationPolicy, PeerAuthentication } from '../kubernetes/types/istio.ts';

/** The namespace of Istio's control plane; the add-on owns it. What stands there holds in the whole mesh. */
/** What is in it holds for the whole mesh. */
export const rootNamespace = 'aks-istio-system';

/** What holds in the whole mesh of each cluster. */
export function buildMeshRules(context: BuildContext): PartDraft {
  const istio = context.spec.components.mesh === 'istio' ? clusterContexts(context).map(istioRules) : [];
  return { name: 'mesh-rules', ...joined(...istio), decisions, intents: [] };
}

function istioRules({ folder, meshRevision }: ClusterContext): Built {
  return joined(
    placed(
      folder,
      'mesh',
      ['mesh-speaks-mutual-tls-only'],
      object<PeerAuthentication>({
        apiVersion: 'security.istio.io/v1',
        kind: 'PeerAuthentication',
        metadata: { name: 'strict', namespace: rootNamespace },
        spec: { mtls: { mode: 'STRICT' } },
      }),
    ),
    placed(
      folder,
      'mesh',
      ['mesh-denies-by-default'],
      // An ALLOW policy without rules: nothing matches it, so nothing is allowed.
      object<AuthorizationPolicy>({
        apiVersion: 'security.istio.io/v1',
        kind: 'AuthorizationPolicy',
        metadata: { name: 'nobody', namespace: rootNamespace },
        spec: {},
      }),
    ),
    placed(
      folder,
      'mesh',
      ['mesh-knows-registered-hosts-only'],
      object<IConfigMap>({
        apiVersion: 'v1',
        kind: 'ConfigMap',
        // The add-on reads mesh-wide settings from a map of this name (AKS, "Configure Istio-based service mesh add-on").
        metadata: { name: `istio-shared-configmap-${meshRevision}`, namespace: rootNamespace },
        data: { mesh: stringify({ outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }) },
      }),
    ),
  );
}

const decisions: PartDraft['decisions'] = [
  {
    id: 'mesh-speaks-mutual-tls-only',
    title: 'Pods of the mesh accept mutual TLS only',
    because:
      'A caller without a certificate of the mesh’s authority is refused before the application sees a byte. What the certificate says is who the caller is: a service account, not an address.',
    alternatives: [{ option: 'Permissive', whyNot: 'Plain text would be taken from whoever sends it.' }],
    controls: ['pci-dss-4.0.1:2.2.7', 'pci-dss-4.0.1:4.2.1', 'pci-dss-4.0.1:8.6.1'],
    provedBy: [],
  },
  {
    id: 'mesh-denies-by-default',
    title: 'In the mesh nobody may call anybody, but for what is named',
    because:
      'The policy in the mesh’s own namespace allows nothing. Each call of the spec gets a policy beside the callee, by the caller’s service account, method, port and path.',
    alternatives: [
      {
        option: 'Policies where they are needed',
        whyNot: 'A workload without a policy of its own would be open to all.',
      },
    ],
    controls: ['pci-dss-4.0.1:1.2.5', 'pci-dss-4.0.1:1.3.1', 'pci-dss-4.0.1:7.2.1'],
    provedBy: [],
  },
  {
    id: 'mesh-knows-registered-hosts-only',
    title: 'Sidecars send to hosts outside only when an allowance of the spec names them',
    because:
      'A host that no entry of the registry names does not exist for a sidecar. The firewall says the same by subnet; the mesh says it by namespace.',
    alternatives: [
      { option: 'Any host, and the firewall decides', whyNot: 'One layer, shared by every pod of a subnet.' },
    ],
    controls: ['pci-dss-4.0.1:1.3.2', 'pci-dss-4.0.1:1.4.2'],
    provedBy: [],
    assumptions: ['The add-on supports outboundTrafficPolicy in its shared configuration.'],
  },
];
