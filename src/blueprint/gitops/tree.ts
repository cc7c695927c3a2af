import type { PlacedObject } from '../../model/placed-object.ts';
import type { BuildContext } from '../context.ts';
import { type Built, joined, type PartDraft } from '../draft.ts';
import { type ClusterContext, clusterContexts } from '../kubernetes/cluster-context.ts';
import { type Layer, layers } from '../kubernetes/layers.ts';
import { object, placed } from '../kubernetes/object.ts';
import type { FluxKustomization } from '../kubernetes/types/flux.ts';
import {
  clusterReconciler,
  fluxConfiguration,
  ingressClientId,
  platformReconciler,
  workloadReconciler,
} from './names.ts';
import { reconcilers } from './reconcilers.ts';
import { fluxNamespace } from './source.ts';

const accounts: Readonly<Record<Layer['reconciler'], string>> = {
  cluster: clusterReconciler,
  platform: platformReconciler,
  workload: workloadReconciler,
};

/** The root of each cluster's tree: how its layers are applied. It follows from the parts that fill them. */
export function buildTrees(context: BuildContext, others: readonly PartDraft[]): PartDraft {
  const objects = others.flatMap((part) => part.objects ?? []);
  return {
    name: 'gitops-tree',
    ...joined(...clusterContexts(context).map((of) => root(of, objects))),
    decisions,
    intents: [],
  };
}

function root({ context, folder }: ClusterContext, objects: readonly PlacedObject[]): Built {
  const filled = new Set(objects.filter(({ cluster }) => cluster === folder).map(({ layer }) => layer));
  const source = context.spec.components.gitops === 'oci-artifact' ? 'OCIRepository' : 'GitRepository';
  const present = layers.filter(({ name }) => filled.has(name));
  return joined(
    placed(folder, 'flux', ['reconcilers-have-the-least-rights'], ...reconcilers()),
    placed(folder, 'flux', ['layers-in-order'], ...present.map((layer) => kustomization(layer, source, filled))),
  );
}

function kustomization(
  layer: Layer,
  source: FluxKustomization['spec']['sourceRef']['kind'],
  filled: ReadonlySet<string>,
) {
  const needs = layer.needs.filter((name) => filled.has(name));
  return object<FluxKustomization>({
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1',
    kind: 'Kustomization',
    metadata: { name: layer.name, namespace: fluxNamespace },
    spec: {
      interval: '5m',
      retryInterval: '1m',
      timeout: '10m',
      path: `./layers/${layer.name}`,
      prune: true,
      // Health of everything that the layer holds, not only of what a list names.
      wait: true,
      force: false,
      serviceAccountName: accounts[layer.reconciler],
      sourceRef: { kind: source, name: fluxConfiguration },
      ...(needs.length === 0 ? {} : { dependsOn: needs.map((name) => ({ name })) }),
      // Azure fills the value in at the root; here it is handed on to the one layer that needs it.
      ...(layer.name === 'ingress'
        ? { postBuild: { substitute: { [ingressClientId]: `\${${ingressClientId}}` } } }
        : {}),
    },
  });
}

const decisions: PartDraft['decisions'] = [
  {
    id: 'reconcilers-have-the-least-rights',
    title: 'Each layer is applied by an account that may write its kinds, and nothing else',
    because:
      'The platform’s account closes namespaces and runs the platform’s pods in the platform’s namespaces. The workload’s account releases pods in the workload’s namespaces, and cannot touch policies, rights or secrets. Rights are given by one layer alone, which Flux applies as itself.',
    alternatives: [
      {
        option: 'Flux as cluster-admin for everything',
        whyNot: 'Whoever may merge into the repository would own the cluster.',
      },
    ],
    controls: ['pci-dss-4.0.1:7.2.1', 'pci-dss-4.0.1:7.2.2', 'pci-dss-4.0.1:7.2.5', 'pci-dss-4.0.1:6.5.4'],
    provedBy: [],
    assumptions: [
      'The extension makes the account flux-applier with the rights of cluster-admin, for the layer that gives rights.',
    ],
  },
  {
    id: 'layers-in-order',
    title: 'A layer is applied when those that it needs are healthy',
    because:
      'Walls come before rights, admission before pods, the mesh’s rules and the policies before the workload. What a layer no longer holds is removed, what was changed by hand is put back within five minutes.',
    alternatives: [{ option: 'Everything at once', whyNot: 'Pods would run before what guards them.' }],
    controls: ['pci-dss-4.0.1:1.2.2', 'pci-dss-4.0.1:1.2.8', 'pci-dss-4.0.1:2.2.1', 'pci-dss-4.0.1:6.5.1'],
    provedBy: [],
  },
];
