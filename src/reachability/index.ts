export { describePackets, samplePacket } from './describe.ts';
export {
  applicationRulePackets,
  firewallRuleName,
  networkRulePackets,
  orderedCollections,
} from './layers/firewall.ts';
export { orderedRules as orderedSecurityRules, securityRulePackets, termScope } from './layers/nsg.ts';
export type * from './model.ts';
export { internetPackets, type Network, subnetPackets } from './network.ts';
export {
  intersectSets,
  isEmpty,
  isSubset,
  type PacketSet,
  sourcesOf,
  subtractSets,
  uniteSets,
  withSource,
} from './packets.ts';
export { type PointParts, packetPoint } from './point.ts';
export type { Endpoint, Question, Traffic } from './question.ts';
export { type Analysis, analyze, type FlowClass, prepare, type ReachAnswer, reach } from './reach.ts';
