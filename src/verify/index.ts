export { askReach, type ReachQuestion } from './ask-reach.ts';
export { type PlacedIntent, readIntents } from './read-intents.ts';
export { type ReadNetwork, readNetwork } from './read-network.ts';
export { resolveEndpoint } from './resolve-endpoint.ts';
export { rules } from './rules/all.ts';
export type { Rule } from './rules/rule.ts';
export { type VerifyOptions, verify } from './verify.ts';
export { intentQuestion, type LocatedIntent, verifyIntents } from './verify-intents.ts';
