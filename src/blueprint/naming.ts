import { sha256 } from '../kernel/hash.ts';
import type { Spec } from '../spec/spec.ts';

const environments: Readonly<Record<Spec['environment'], string>> = {
  production: 'prod',
  staging: 'stage',
  test: 'test',
  development: 'dev',
};

/** Names of resources, after the abbreviations of Microsoft's Cloud Adoption Framework. The same spec gives the same names. */
export interface Naming {
  /** `bu0001a0005`: the workload, in names. */
  readonly workload: string;
  hubGroup(region: string): string;
  /** `kind` is the resource's abbreviation: `vnet`, `afw`, `bas`. */
  hub(kind: string, region: string): string;
  readonly imageSpokeGroup: string;
  readonly imageSpokeNetwork: string;
  spokeGroup(cluster: string): string;
  spokeNetwork(cluster: string): string;
  /** What operations runs for one cluster: the cluster, its gateway, its jump boxes. */
  clusterGroup(cluster: string): string;
  /** `kind` is the resource's abbreviation: `vmss`, `id`. */
  cluster(kind: string, cluster: string): string;
  /** The group that AKS makes for the nodes and owns. */
  nodeGroup(cluster: string): string;
  /**
   * A name that must be unique in all of Azure: letters and digits only, the same for the same subscription, environment and
   * cluster. `kind` has at most four letters, so that the name fits a vault's 24.
   */
  worldwide(kind: string, cluster: string): string;
  /** What operations watches a region with: collection rules, alerts. */
  monitoringGroup(region: string): string;
  monitoring(kind: string, region: string): string;
  /** Templates of jump-box images, and the gallery that they go to. */
  readonly jumpBoxImageGroup: string;
  /** Where the image builder puts what a build needs while it runs; `digest` is of the template. */
  imageStagingGroup(digest: string): string;
  /** Identities that policies act through. */
  readonly governanceGroup: string;
}

export function namingOf(spec: Spec): Naming {
  const { name, businessUnit, application } = spec.organization;
  const environment = environments[spec.environment];
  const workload = `bu${businessUnit}a${application}`;
  return {
    workload,
    hubGroup: (region) => `rg-${name}-${environment}-hub-${region}`,
    hub: (kind, region) => `${kind}-${name}-${environment}-hub-${region}`,
    imageSpokeGroup: `rg-${workload}-${environment}-images`,
    imageSpokeNetwork: `vnet-${workload}-${environment}-images`,
    spokeGroup: (cluster) => `rg-${workload}-${environment}-spoke-${cluster}`,
    spokeNetwork: (cluster) => `vnet-${workload}-${environment}-spoke-${cluster}`,
    clusterGroup: (cluster) => `rg-${workload}-${environment}-cluster-${cluster}`,
    cluster: (kind, cluster) => `${kind}-${workload}-${environment}-${cluster}`,
    nodeGroup: (cluster) => `rg-${workload}-${environment}-nodes-${cluster}`,
    worldwide: (kind, cluster) =>
      `${kind}${workload}${sha256(`${spec.azure.subscriptionId} ${environment} ${cluster} ${kind}`).slice(0, 8)}`,
    monitoringGroup: (region) => `rg-${name}-${environment}-monitoring-${region}`,
    monitoring: (kind, region) => `${kind}-${name}-${environment}-${region}`,
    jumpBoxImageGroup: `rg-${workload}-${environment}-jump-box-images`,
    imageStagingGroup: (digest) => `rg-${workload}-${environment}-image-staging-${digest}`,
    governanceGroup: `rg-${name}-${environment}-governance`,
  };
}
