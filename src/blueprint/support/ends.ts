import type { Components } from '../../spec/components.ts';

type Slot = keyof Components;

/** That a component can no longer be had, or is no longer supported, after a day. */
export interface ComponentEnd {
  /** The slot, and what fills it. */
  readonly slot: Slot;
  readonly component: Components[Slot];
  /** As people call it. */
  readonly name: string;
  /** The last day, as an ISO date. A month is taken to its last day. */
  readonly until: string;
  /** What ended on that day, as a sentence's end: `it …`. */
  readonly ended: string;
  readonly alternative: string;
  /** Who says so. */
  readonly source: string;
}

function end<S extends Slot>(
  slot: S,
  component: Components[S],
  rest: Omit<ComponentEnd, 'slot' | 'component'>,
): ComponentEnd {
  return { slot, component, ...rest };
}

/**
 * The ends of components, oldest first. Only dates that their owners published; a component that lost its support on a day that
 * nobody wrote down has no row. Versions of Kubernetes and of the mesh have calendars of their own.
 */
export const componentEnds: readonly ComponentEnd[] = [
  end('jumpBoxImage', 'ubuntu-18.04', {
    name: 'Ubuntu 18.04 on jump boxes',
    until: '2023-05-31',
    ended: 'got its last security update of standard support',
    alternative: 'Ubuntu 24.04',
    source: 'Canonical, Ubuntu release cycle; Azure/AKS issue 3672',
  }),
  end('metrics', 'container-insights', {
    name: 'Metric alerts of Container insights (Insights.Container)',
    until: '2024-05-31',
    ended: 'stopped collecting the metrics that its alerts read',
    alternative: 'managed Prometheus with its rule groups',
    source: 'Microsoft, "Custom metrics collected by Container insights", 2024-02-15',
  }),
  end('nodeImage', 'ubuntu-18.04', {
    name: 'Ubuntu 18.04 on nodes',
    until: '2025-06-17',
    ended: 'was removed from AKS with all of its node images',
    alternative: 'Azure Linux 3',
    source: 'Azure/AKS issue 4873',
  }),
  end('flowLogs', 'security-group', {
    name: 'Flow logs of network security groups',
    until: '2025-06-30',
    ended: 'could be created for the last time',
    alternative: 'flow logs of virtual networks',
    source: 'Microsoft, "NSG flow logs"; removed on 2027-09-30',
  }),
  end('podIdentity', 'pod-identity', {
    name: 'The pod identity add-on',
    until: '2025-09-30',
    ended: 'was patched and supported for the last time',
    alternative: 'workload identity',
    source:
      'Microsoft, "Use Microsoft Entra pod-managed identities in AKS"; the project was archived in September 2023',
  }),
  end('ingress', 'ingress-nginx', {
    name: 'ingress-nginx',
    until: '2026-03-31',
    ended: 'got its last security fix',
    alternative: 'the gateway of the Istio add-on',
    source: 'Kubernetes SIG Network and Security Response Committee, November 2025',
  }),
  end('imageSigning', 'content-trust', {
    name: 'Content trust of Azure Container Registry',
    until: '2026-05-30',
    ended: 'could be turned on for the last time',
    alternative: 'signatures of the Notary Project',
    source:
      'Microsoft, "Transition from Docker Content Trust to the Notary Project": not from 2026-05-31, removed on 2028-03-31',
  }),
  end('webApplicationFirewall', 'inline-owasp', {
    name: 'The firewall configuration inside Application Gateway',
    until: '2027-03-15',
    ended: 'was retired',
    alternative: 'a web application firewall policy with rule set DRS 2.2',
    source: 'PSRule for Azure, Azure.AppGw.MigrateWAFPolicy; Azure/PSRule.Rules.Azure issue 2877',
  }),
  end('mesh', 'osm', {
    name: 'The Open Service Mesh add-on',
    until: '2027-09-30',
    ended: 'lost its support',
    alternative: 'the Istio add-on',
    source: 'MicrosoftDocs/azure-aks-docs, OSM retirement notice of 2026-05-27',
  }),
  end('networkPolicy', 'azure', {
    name: 'Azure Network Policy Manager on Linux',
    until: '2028-09-30',
    ended: 'lost its support',
    alternative: 'Cilium',
    source: 'Microsoft, "Secure pod traffic with network policies" (one copy says 2026-09-30: the later day is taken)',
  }),
];
