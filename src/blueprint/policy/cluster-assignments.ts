import type { Value } from '../../model/resource.ts';
import { ingressNamespace } from '../ingress/names.ts';
import { agentsNamespace } from '../security-agents/names.ts';
import type { PolicyAssignment } from './assignment.ts';
import { builtIn, initiative } from './built-in-ids.ts';

/** Namespaces that AKS and its extensions own: their pods are not ours to form. */
export const platformNamespaces = [
  'kube-system',
  'gatekeeper-system',
  'azure-arc',
  'azure-extensions-usage-system',
  'aks-istio-system',
  'aks-istio-ingress',
  'flux-system',
] as const;

const escaped = (text: string): string => text.replace(/[.\\/]/g, (sign) => `\\${sign}`);

/**
 * The images that pods may run, as one pattern for the whole reference: `^` and `$` stand in it, since Gatekeeper looks for a match
 * anywhere. Images of our live registry by digest, and the proxy that the mesh puts into pods.
 * @param registries login servers of live registries, `name.azurecr.io`
 */
export function allowedImages(registries: readonly string[]): string {
  const path = '[a-z0-9]+(?:[._\\/-][a-z0-9]+)*';
  const tag = '(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?';
  const ours = `(?:${registries.map(escaped).join('|')})\\/${path}${tag}@sha256:[0-9a-f]{64}`;
  const meshProxy = 'mcr\\.microsoft\\.com\\/oss(?:\\/v2)?\\/istio\\/proxyv2:[A-Za-z0-9_.-]{1,128}';
  return `^(?:${ours}|${meshProxy})$`;
}

/** Policies for pods, enforced in every cluster of a group by its policy add-on. */
export function podAssignments(registries: readonly string[]): readonly PolicyAssignment[] {
  const make = (
    name: string,
    title: string,
    id: string,
    decision: string,
    parameters: Readonly<Record<string, Value>> = {},
  ): PolicyAssignment => ({
    name,
    title,
    policy: { builtIn: id },
    parameters: { effect: 'deny', excludedNamespaces: platformNamespaces, ...parameters },
    refusal: title,
    decision,
  });
  const pods = 'pods-are-restricted-by-policy';
  const edge = 'services-stay-inside-by-policy';
  return [
    {
      name: 'pods-are-restricted',
      title: 'Pods keep to the restricted pod security standard',
      policy: { initiative: initiative.podSecurityRestricted },
      parameters: {
        effect: 'deny',
        // The gateway's pods keep to "baseline", and the agents' to a policy of their own, both enforced by the API server.
        excludedNamespaces: [...platformNamespaces, ingressNamespace, agentsNamespace],
      },
      refusal: 'Pods keep to the restricted pod security standard.',
      decision: pods,
    },
    make(
      'pods-mount-no-credentials',
      'Pods mount no credentials of the API server unasked',
      builtIn.podNoAutomount,
      pods,
      // Istio makes the gateway's pods, and does not say so.
      { excludedNamespaces: [...platformNamespaces, ingressNamespace] },
    ),
    make('pods-write-no-root-file-system', 'Containers write nothing into their image', builtIn.podReadOnlyRoot, pods),
    make('pods-have-limits', 'Containers have limits', builtIn.podLimits, pods, {
      cpuLimit: '2000m',
      memoryLimit: '2Gi',
    }),
    make('pods-have-a-scope', 'Pods say whether they are in scope', builtIn.podLabels, pods, {
      labelsList: ['pci-scope'],
    }),
    make('pods-use-no-default-namespace', 'Nothing runs in the default namespace', builtIn.podNoDefaultNamespace, pods),
    make('ingress-takes-https-only', 'Ingresses take HTTPS only', builtIn.podHttpsIngress, edge, {
      effect: 'Deny',
    }),
    make(
      'load-balancers-are-internal',
      'Load balancers of services are internal',
      builtIn.podInternalLoadBalancers,
      edge,
      {
        // The mesh's own gateway is meant too.
        excludedNamespaces: ['kube-system'],
      },
    ),
    make(
      'services-have-no-external-addresses',
      'Services have no external addresses',
      builtIn.podExternalAddresses,
      edge,
      {
        allowedExternalIPs: [],
      },
    ),
    make('services-listen-on-known-ports', 'Services listen on known ports', builtIn.podServicePorts, edge, {
      // Components call each other on 80, in the mesh's mutual TLS; 15021 is the health of the gateway.
      allowedServicePortsList: ['80', '443', '15021'],
    }),
    ...(registries.length === 0
      ? []
      : [
          make(
            'images-from-the-live-registry',
            'Images come from the live registry, by digest',
            builtIn.podImages,
            'images-from-the-live-registry',
            {
              allowedContainerImagesRegex: allowedImages(registries),
            },
          ),
          make(
            'images-are-not-latest',
            'No image is the latest one',
            builtIn.podNoLatest,
            'images-from-the-live-registry',
            {
              effect: 'Deny',
            },
          ),
        ]),
  ];
}
