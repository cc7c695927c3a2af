import { formatAddress, type Prefix } from '../kernel/address.ts';
import type { Place } from '../kernel/place.ts';
import { days } from '../kernel/units.ts';
import { type AddressPlans, type ProfilePlan, plannedRange, prefixOf } from './address-plan.ts';
import { addressPlans } from './address-plans.ts';
import type { Complaint } from './complaint.ts';
import { componentsOf } from './components.ts';
import { kubernetesOf, nodePoolsOf } from './defaults.ts';
import type { Path } from './path.ts';
import type { LandingZoneFile } from './schema.ts';
import type { ClusterSpec, ClusterSubnetsSpec, EgressSpec, HubSpec, ImageSpokeSpec, Spec } from './spec.ts';

/** Told of what cannot be derived; the value that is derived nevertheless is not used by anybody. */
export type Complain = (complaint: Complaint, path: Path) => void;

/** Fills in what depends on other values: the hubs, the address plan, ports. */
export function resolveSpec(file: LandingZoneFile, places: ReadonlyMap<string, Place>, complain: Complain): Spec {
  const plans = addressPlans[file.profile];
  const clusters = atLeastOne(file.clusters.map((one, i) => cluster(file, one, i, complain)));
  const hubs = atLeastOne(hubsOf(file, clusters).map((one, i) => hub(plans, one, i, complain)));
  return {
    profile: file.profile,
    components: componentsOf[file.profile],
    organization: file.organization,
    environment: file.environment,
    azure: {
      tenantId: file.azure.tenantId.toLowerCase(),
      subscriptionId: file.azure.subscriptionId.toLowerCase(),
      clusterAdminGroupId: file.azure.clusterAdminGroupId.toLowerCase(),
    },
    domains: file.domains,
    hubs,
    imageSpoke: imageSpoke(plans, file.imageSpoke, hubs, complain),
    clusters,
    gitops: present(file.gitops),
    egress: file.egress.map(egress),
    cardholderData: file.cardholderData,
    workload: workload(file),
    images: file.images,
    retention: { logs: days(file.retention.logs), interactive: days(file.retention.interactive) },
    budget: file.budget,
    tags: file.tags,
    contacts: file.contacts,
    places,
  };
}

type HubFile = NonNullable<LandingZoneFile['hubs']>[number];

/** The hubs of the file, or one for each region in the order in which the clusters name them. */
function hubsOf(file: LandingZoneFile, clusters: readonly ClusterSpec[]): readonly HubFile[] {
  return (
    file.hubs ?? [...new Set(clusters.map((one) => one.region))].map((region) => ({ region, network: { subnets: {} } }))
  );
}

function hub(plans: AddressPlans, file: HubFile, index: number, complain: Complain): HubSpec {
  const addressSpace = prefixOf(file.network.addressSpace ?? `10.200.${index}.0/24`);
  const subnets = subnetsOf(plans.hub, addressSpace, file.network.subnets, ['hubs', index, 'network'], complain);
  const { region, existing } = file;
  return { region, ...(existing === undefined ? {} : { existing }), network: { addressSpace, subnets } };
}

function imageSpoke(
  plans: AddressPlans,
  file: LandingZoneFile['imageSpoke'],
  hubs: readonly [HubSpec, ...HubSpec[]],
  complain: Complain,
): ImageSpokeSpec {
  const addressSpace = prefixOf(file.network.addressSpace ?? plans.imageSpoke.space);
  const subnets = subnetsOf(plans.imageSpoke, addressSpace, file.network.subnets, ['imageSpoke', 'network'], complain);
  return {
    region: file.region ?? hubs[0].region,
    network: { addressSpace, subnets: subnets as ImageSpokeSpec['network']['subnets'] },
  };
}

/** 10.241 belongs to the image spoke, so that the second cluster gets 10.242. */
const defaultClusterSpace = (index: number): string | undefined => {
  const second = index === 0 ? 240 : 241 + index;
  return second > 255 ? undefined : `10.${second}.0.0/16`;
};

function cluster(
  { profile }: LandingZoneFile,
  file: LandingZoneFile['clusters'][number],
  index: number,
  complain: Complain,
): ClusterSpec {
  const plan = addressPlans[profile].cluster;
  const path: Path = ['clusters', index, 'network'];
  const text = file.network.addressSpace ?? defaultClusterSpace(index);
  if (text === undefined) {
    complain(
      {
        code: 'SPEC_RANGE_MISSING',
        message: `The cluster at place ${index + 1} of the list needs an addressSpace of its own.`,
        why: 'The default plan has room for 15 clusters.',
        hint: 'Give network.addressSpace.',
      },
      path,
    );
  }
  const addressSpace = prefixOf(text ?? plan.space);
  const services = prefixOf(file.network.services);
  // Every plan has the subnets that every profile has.
  const subnets = subnetsOf(plan, addressSpace, file.network.subnets, path, complain) as ClusterSubnetsSpec;
  return {
    name: file.name ?? String(index + 1).padStart(2, '0'),
    region: file.region,
    network: {
      addressSpace,
      subnets,
      ingressAddress: file.network.ingressAddress ?? formatAddress(4, subnets.ingressServices.first + 4n),
      services,
      dnsServiceAddress: file.network.dnsServiceAddress ?? formatAddress(4, services.first + 10n),
    },
    kubernetes: kubernetesOf(profile, file.kubernetes),
    nodePools: nodePoolsOf(profile, file.nodePools, (complaint, pool) =>
      complain(complaint, ['clusters', index, 'nodePools', pool]),
    ),
    gateway: file.gateway,
  };
}

/** The subnets as given; what is left out as the plan has it, which takes a network of the plan's length. */
function subnetsOf<Plan extends ProfilePlan<string>>(
  plan: Plan,
  space: Prefix,
  given: Readonly<Record<string, string | undefined>>,
  network: Path,
  complain: Complain,
): { readonly [Name in keyof Plan['subnets']]: Prefix } {
  const planned = Object.entries(plan.subnets);
  const missing = planned.flatMap(([name]) => (given[name] === undefined ? [name] : []));
  if (space.length !== plan.length && missing.length > 0) {
    complain(
      {
        code: 'SPEC_SUBNETS_MISSING',
        message: `The network is a /${space.length}, so that its subnets must be given; missing: ${missing.join(', ')}.`,
        why: `The default plan is made for a /${plan.length}.`,
        hint: `Give the subnets under network.subnets, or make addressSpace a /${plan.length}.`,
      },
      [...network, 'addressSpace'],
    );
  }
  for (const [name, text] of Object.entries(given)) {
    if (text === undefined || plan.subnets[name] !== undefined) continue;
    complain(
      {
        code: 'SPEC_SUBNET_NOT_IN_PROFILE',
        message: `The profile has no subnet ${name}.`,
        why: 'What it is for did not exist on Azure when the components of this profile were made; nothing would stand in it.',
        hint: 'Remove the line, or set `profile: current`.',
        atKey: true,
      },
      [...network, 'subnets', name],
    );
  }
  return Object.fromEntries(
    planned.flatMap(([name, subnet]) => {
      if (subnet === undefined) return [];
      const text = given[name];
      return [[name, text === undefined ? plannedRange(plan, space, subnet) : prefixOf(text)]];
    }),
  ) as never;
}

/** The calls of the sample workload, and where its requests come in. */
const sample = {
  entrance: 'web-frontend',
  calls: [
    { from: 'web-frontend', to: 'microservice-a' },
    { from: 'microservice-a', to: 'microservice-b' },
    { from: 'microservice-b', to: 'microservice-c' },
  ],
};

/** What the file says of the workload, or the sample as far as its components are there. */
function workload(file: LandingZoneFile): Spec['workload'] {
  const names = new Set(file.cardholderData.components.map(({ name }) => name));
  const entrance = file.workload.entrance ?? (names.has(sample.entrance) ? sample.entrance : undefined);
  return {
    ...(entrance === undefined ? {} : { entrance }),
    calls: file.workload.calls ?? sample.calls.filter(({ from, to }) => names.has(from) && names.has(to)),
  };
}

function egress(file: LandingZoneFile['egress'][number]): EgressSpec {
  const { cluster, component, port, ...rest } = file;
  return {
    ...rest,
    ...(cluster === undefined ? {} : { cluster }),
    ...(component === undefined ? {} : { component }),
    port: port ?? (file.protocol === 'https' ? 443 : 80),
  };
}

/** The members that are there: a key that may be left out is absent, never undefined. */
function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as never;
}

function atLeastOne<T>(items: readonly T[]): readonly [T, ...T[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new Error('the schema lets no empty list through');
  return [first, ...rest];
}
