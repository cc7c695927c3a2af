/** A feature of Azure that can be newly used only on certain days. Days in ISO form, both inclusive. */
export interface FeatureLife {
  /** What people call it. */
  readonly what: string;
  /** The first day; absent where it was always there as far as anybody asks. */
  readonly from?: string;
  /** The last day. */
  readonly until?: string;
  /** What ends or begins then. */
  readonly reason: string;
  readonly alternative: string;
  /** Who says so. A day that nobody published has no row. */
  readonly source: string;
}

/** What a provider asks about, by name. Kubernetes versions, mesh revisions and rule sets have calendars of their own. */
export const featureLives = {
  'flow log of a security group': {
    what: 'Flow logs of network security groups',
    until: '2025-06-30',
    reason: 'none can be made since; those that are there end on 2027-09-30',
    alternative: 'flow logs of virtual networks',
    source: 'learn.microsoft.com, NSG flow logs retirement',
  },
  'basic load balancer': {
    what: 'Basic load balancers',
    until: '2025-09-30',
    reason: 'the tier was retired',
    alternative: 'Standard load balancers',
    source: 'learn.microsoft.com, upgrade from Basic load balancer',
  },
  'basic public address': {
    what: 'Basic public IP addresses',
    until: '2025-03-31',
    reason: 'none can be made since; the tier was retired half a year later',
    alternative: 'Standard public IP addresses',
    source: 'learn.microsoft.com, Basic SKU public IP retirement',
  },
  'first generation application gateway': {
    what: 'Application gateways of the first generation',
    until: '2024-09-01',
    reason: 'none can be made since; those that are there ended on 2026-04-28',
    alternative: 'Standard_v2 and WAF_v2',
    source: 'learn.microsoft.com, Application Gateway V1 retirement',
  },
  'inline web application firewall': {
    what: 'Firewall configuration on an application gateway',
    until: '2027-03-15',
    reason: 'the configuration was retired',
    alternative: 'a web application firewall policy',
    source: 'PSRule for Azure, Azure.AppGw.MigrateWAFPolicy; Azure/PSRule.Rules.Azure issue 2877',
  },
  'storage without TLS 1.2': {
    what: 'Storage accounts with TLS 1.0 or 1.1',
    until: '2026-02-03',
    reason: 'both versions were turned off',
    alternative: 'minimumTlsVersion TLS1_2',
    source: 'learn.microsoft.com, Storage TLS 1.0 and 1.1 retirement',
  },
  'application insights without a workspace': {
    what: 'Classic Application Insights components',
    until: '2024-02-29',
    reason: 'components without a workspace were retired',
    alternative: 'WorkspaceResourceId',
    source: 'learn.microsoft.com, Application Insights',
  },
  'open service mesh': {
    what: 'The Open Service Mesh add-on',
    until: '2027-09-30',
    reason: 'the add-on was retired',
    alternative: 'the Istio add-on',
    source: 'learn.microsoft.com, AKS: OSM add-on retirement',
  },
  'content trust': {
    what: 'Content trust of a registry',
    until: '2026-05-30',
    reason: 'it cannot be turned on since 2026-05-31, and is removed on 2028-03-31',
    alternative: 'signatures of the Notary Project',
    source:
      'learn.microsoft.com, Transition from Docker Content Trust to the Notary Project; mondoohq/cnspec issue 3748',
  },
} as const satisfies Readonly<Record<string, FeatureLife>>;

export type FeatureName = keyof typeof featureLives;
