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
  };
}
