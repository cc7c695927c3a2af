export { groupsOf } from './all-groups.ts';
export { askedPackets } from './asked.ts';
export { type PolicyChange, policyChanges } from './cluster/changes.ts';
export type { EndpointClass } from './cluster/classes.ts';
export { matchSelector, type Requirement, requireAll, type Selector } from './cluster/labels.ts';
export { allPairs, type Matrix, type PairVerdict } from './cluster/matrix.ts';
export type * from './cluster/model.ts';
export { type Overlap, outwardDeny, overlappingRules, unresolvableNames } from './cluster/questions.ts';
export { describePackets, describeTraffic, describeWithoutEnds, samplePacket } from './describe.ts';
export { type EndFound, endsFound } from './ends.ts';
export { holds } from './intervals.ts';
export {
  applicationRulePackets,
  firewallRuleName,
  networkRulePackets,
  orderedCollections,
} from './layers/firewall.ts';
export { orderedRules as orderedSecurityRules, securityRulePackets, termScope } from './layers/nsg.ts';
export type * from './model.ts';
export { type Group, internetPackets, type Network, subnetPackets } from './network.ts';
export {
  destinationsOf,
  intersectSets,
  isEmpty,
  isSubset,
  type PacketSet,
  packets,
  sourcesOf,
  subtractSets,
  uniteSets,
  withSource,
} from './packets.ts';
export { type PointParts, packetPoint } from './point.ts';
export type { Endpoint, Question, Traffic } from './question.ts';
export { type Analysis, analyze, type FlowClass, prepare, prepareTogether, type ReachAnswer, reach } from './reach.ts';
export { type RuleParts, ruleParts } from './rule-parts.ts';
