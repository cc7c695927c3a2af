import { imageSpokePlan } from '../../spec/address-plan.ts';
import type { BuildContext } from '../context.ts';
import type { Placement } from '../placement.ts';

export interface ImageSpokeRefs {
  readonly placement: Placement;
  readonly network: { readonly key: string; readonly name: string; readonly group: string };
  readonly subnetNames: { readonly build: string; readonly containers: string };
  /** For intents. */
  readonly build: string;
  readonly containers: string;
  /** What drives builds: container groups, or a machine in the subnet of the build. */
  readonly builder: string;
}

export function imageSpokeRefs({ spec, naming, tags }: BuildContext): ImageSpokeRefs {
  const group = naming.imageSpokeGroup;
  const name = naming.imageSpokeNetwork;
  const subnetNames = {
    build: imageSpokePlan.subnets.build.azureName,
    containers: imageSpokePlan.subnets.containers.azureName,
  };
  const build = `subnet:${name}/${subnetNames.build}`;
  const containers = `subnet:${name}/${subnetNames.containers}`;
  return {
    placement: { stage: 'image-spoke', deployment: 'image-spoke', group, region: spec.imageSpoke.region, tags },
    network: { key: 'image-spoke/virtual-network', name, group },
    subnetNames,
    build,
    containers,
    builder: spec.imageSpoke.network.subnets.containers === undefined ? build : containers,
  };
}
