import { callsNameComponents } from './calls-name-components.ts';
import { apiServersStandInTheNetwork, longTermSupportNeedsPremium } from './cluster-fits-azure.ts';
import { domainsAreApart } from './domains-are-apart.ts';
import { egressNamesClusters } from './egress-names-clusters.ts';
import { existingHubsFit } from './existing-hubs-fit.ts';
import { fixedAddressesFit } from './fixed-addresses-fit.ts';
import { namesAreUnique } from './names-are-unique.ts';
import { networksAreApart } from './networks-are-apart.ts';
import { gatewayFits, nodePoolsFit } from './node-pools-fit.ts';
import { regionsHaveHubs } from './regions-have-hubs.ts';
import { servicesHaveASize } from './services-have-a-size.ts';
import { servicesLieApart } from './services-lie-apart.ts';
import type { SpecRule } from './spec-rule.ts';
import { subnetsAreApart } from './subnets-are-apart.ts';
import { subnetsAreLargeEnough } from './subnets-are-large-enough.ts';
import { subnetsLieInTheirNetwork } from './subnets-lie-in-their-network.ts';

/** Every rule about values in their relation to others. */
export const specRules: readonly SpecRule[] = [
  networksAreApart,
  servicesLieApart,
  servicesHaveASize,
  subnetsLieInTheirNetwork,
  subnetsAreApart,
  subnetsAreLargeEnough,
  fixedAddressesFit,
  existingHubsFit,
  regionsHaveHubs,
  domainsAreApart,
  egressNamesClusters,
  callsNameComponents,
  longTermSupportNeedsPremium,
  apiServersStandInTheNetwork,
  nodePoolsFit,
  gatewayFits,
  ...namesAreUnique,
];
