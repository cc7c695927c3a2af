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

const tagged = (image: string): string => `mcr\\.microsoft\\.com\\/${image}:[A-Za-z0-9_.-]{1,128}`;

/** What differs between the clusters of today and those of 2021: whose pods are not ours to form, and what a mesh puts into ours. */
export interface PodPolicySet {
  readonly platform: readonly string[];
  /** Namespaces of ours whose pods need more than the restricted standard allows. */
  readonly lessRestricted: readonly string[];
  /** Namespaces of ours whose pods talk to the API server by the account that Kubernetes mounts. */
  readonly mounting: readonly string[];
  /** Namespaces of ours whose containers write into their own file system. */
  readonly writing: readonly string[];
  readonly servicePorts: readonly string[];
  /** Pattern of the image that the mesh puts into pods. */
  readonly proxy: string;
  /** Whether Azure has a policy against images called latest. */
  readonly noLatest: boolean;
}

export const podPolicies: PodPolicySet = {
  platform: platformNamespaces,
  // The gateway's pods keep to "baseline", and the agents' to a policy of their own, both enforced by the API server.
  lessRestricted: [ingressNamespace, agentsNamespace],
  // Istio makes the gateway's pods, and does not say so.
  mounting: [ingressNamespace],
  writing: [],
  // Components call each other on 80, in the mesh's mutual TLS; 15021 is the health of the gateway.
  servicePorts: ['80', '443', '15021'],
  proxy: tagged('oss(?:\\/v2)?\\/istio\\/proxyv2'),
  noLatest: true,
};

/** Where the reference implementation has its ingress and its agents. Flux and kured are of our own manifests then, not of extensions. */
const ingressOf2021 = 'ingress-nginx';
const rebootsOf2021 = 'cluster-baseline-settings';

export const podPoliciesOf2021: PodPolicySet = {
  platform: ['kube-system', 'gatekeeper-system'],
  lessRestricted: [ingressOf2021, agentsNamespace, rebootsOf2021],
  mounting: [ingressOf2021, agentsNamespace, rebootsOf2021, 'flux-system'],
  writing: [ingressOf2021, agentsNamespace, rebootsOf2021],
  servicePorts: ['80', '443', '8080'],
  proxy: tagged('oss\\/(?:openservicemesh\\/init|envoyproxy\\/envoy)'),
  noLatest: false,
};

const escaped = (text: string): string => text.replace(/[.\\/]/g, (sign) => `\\${sign}`);

/**
 * The images that pods may run, as one pattern for the whole reference: `^` and `$` stand in it, since Gatekeeper looks for a match
 * anywhere. Images of our live registry by digest, and the proxy that the mesh puts into pods.
 * @param registries where live images lie: `name.azurecr.io`, or a part of a registry, `name.azurecr.io/live`
 */
export function allowedImages(registries: readonly string[], proxy: string = podPolicies.proxy): string {
  const path = '[a-z0-9]+(?:[._\\/-][a-z0-9]+)*';
  const tag = '(?::[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?';
  const ours = `(?:${registries.map(escaped).join('|')})\\/${path}${tag}@sha256:[0-9a-f]{64}`;
  return `^(?:${ours}|${proxy})$`;
}

/** Policies for pods, enforced in every cluster of a group by its policy add-on. */
export function podAssignments(
  registries: readonly string[],
  set: PodPolicySet = podPolicies,
): readonly PolicyAssignment[] {
  const { platform } = set;
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
    parameters: { effect: 'deny', excludedNamespaces: platform, ...parameters },
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
        excludedNamespaces: [...platform, ...set.lessRestricted],
      },
      refusal: 'Pods keep to the restricted pod security standard.',
      decision: pods,
    },
    make(
      'pods-mount-no-credentials',
      'Pods mount no credentials of the API server unasked',
      builtIn.podNoAutomount,
      pods,
      { excludedNamespaces: [...platform, ...set.mounting] },
    ),
    make('pods-write-no-root-file-system', 'Containers write nothing into their image', builtIn.podReadOnlyRoot, pods, {
      excludedNamespaces: [...platform, ...set.writing],
    }),
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
      allowedServicePortsList: set.servicePorts,
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
              allowedContainerImagesRegex: allowedImages(registries, set.proxy),
            },
          ),
          ...(set.noLatest
            ? [
                make(
                  'images-are-not-latest',
                  'No image is the latest one',
                  builtIn.podNoLatest,
                  'images-from-the-live-registry',
                  { effect: 'Deny' },
                ),
              ]
            : []),
        ]),
  ];
}
