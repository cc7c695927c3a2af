import { acceptedNamesAreFollowedByADeny } from './accepted-names-are-followed-by-a-deny.ts';
import { clusterPoliciesHaveOneOrder } from './cluster-policies-have-one-order.ts';
import { defaultOutboundAccessIsOff } from './default-outbound-access-is-off.ts';
import { defaultRoutesLeadToAFirewall } from './default-routes-lead-to-a-firewall.ts';
import { gatewaysReachTheirBackends } from './gateways-reach-their-backends.ts';
import { namesInNetworkRulesResolveAtTheFirewall } from './names-in-network-rules-resolve-at-the-firewall.ts';
import { namesInPoliciesCanBeResolved } from './names-in-policies-can-be-resolved.ts';
import { nextHopsAreReachable } from './next-hops-are-reachable.ts';
import { noApplicationRuleIsShadowedByANetworkRule } from './no-application-rule-is-shadowed-by-a-network-rule.ts';
import { noFirewallRuleIsShadowed } from './no-firewall-rule-is-shadowed.ts';
import { noNsgRuleIsShadowed } from './no-nsg-rule-is-shadowed.ts';
import { noObjectStandsTwice } from './no-object-stands-twice.ts';
import { noPolicyNamesAPortOfAddresses } from './no-policy-names-a-port-of-addresses.ts';
import { noServiceEndpointBypassesTheFirewall } from './no-service-endpoint-bypasses-the-firewall.ts';
import { nodesReachTheirApiServer } from './nodes-reach-their-api-server.ts';
import { nothingUnmodelledSteersTraffic } from './nothing-unmodelled-steers-traffic.ts';
import { objectsAreAccepted } from './objects-are-accepted.ts';
import { peeredNetworksDoNotOverlap } from './peered-networks-do-not-overlap.ts';
import { peeringsAreConnectedOnBothSides } from './peerings-are-connected-on-both-sides.ts';
import { policiesStandInKnownNamespaces } from './policies-stand-in-known-namespaces.ts';
import { policiesUseThePortsOfPods } from './policies-use-the-ports-of-pods.ts';
import { remoteGatewaysAreOffered } from './remote-gateways-are-offered.ts';
import { resourceRules } from './resources/all.ts';
import type { Rule } from './rule.ts';
import { subnetHasNetworkSecurityGroup } from './subnet-has-network-security-group.ts';

/** Every rule that `verify` runs, in the order of its report. */
export const rules: readonly Rule[] = [
  subnetHasNetworkSecurityGroup,
  defaultRoutesLeadToAFirewall,
  defaultOutboundAccessIsOff,
  noServiceEndpointBypassesTheFirewall,
  peeringsAreConnectedOnBothSides,
  peeredNetworksDoNotOverlap,
  nextHopsAreReachable,
  noNsgRuleIsShadowed,
  noFirewallRuleIsShadowed,
  noApplicationRuleIsShadowedByANetworkRule,
  namesInNetworkRulesResolveAtTheFirewall,
  nothingUnmodelledSteersTraffic,
  gatewaysReachTheirBackends,
  nodesReachTheirApiServer,
  remoteGatewaysAreOffered,
  objectsAreAccepted,
  noObjectStandsTwice,
  policiesStandInKnownNamespaces,
  noPolicyNamesAPortOfAddresses,
  policiesUseThePortsOfPods,
  clusterPoliciesHaveOneOrder,
  acceptedNamesAreFollowedByADeny,
  namesInPoliciesCanBeResolved,
  ...resourceRules,
];
