import { ExpressionFailure } from '../arm-failures.ts';
import type { CloudFacts } from '../contract.ts';
import type { Environment } from '../environment.ts';
import type { CallExpression } from '../expression.ts';
import { foldedCall, isOpen, Residual } from '../residual.ts';
import { answers } from '../symbolic-runtime.ts';
import {
  arrayArg,
  type CallSite,
  countArg,
  defineSpecial,
  type Evaluate,
  type FunctionDefinition,
  invalid,
  many,
  textArg,
} from './definition.ts';

/** What a function asks of the cloud; undefined when the cloud does not know. */
type Ask = (facts: CloudFacts, args: readonly unknown[], site: CallSite) => unknown;

/** A function that is answered by `DeploymentContext.cloud`, stays symbolic where that is 'unknown', and is refused without it. */
function ask(name: string, minimum: number, maximum: number, question: Ask): FunctionDefinition {
  return defineSpecial(name, minimum, maximum, (call, environment, evaluate) => {
    const args = call.args.map((arg) => evaluate(arg, environment));
    const { cloud } = environment.frame.context;
    const symbolic = cloud === 'unknown' && !answers(environment.runtime);
    if (symbolic || args.some(isOpen)) return wait(call, args, environment, evaluate);
    const facts = cloud === undefined || cloud === 'unknown' ? {} : cloud;
    const answer = question(facts, args, { name: call.name, environment });
    if (answer === undefined) throw onlyAzureKnows(call);
    return answer;
  });
}

function wait(call: CallExpression, args: readonly unknown[], environment: Environment, evaluate: Evaluate): Residual {
  return new Residual(foldedCall(call, args), (runtime) => evaluate(call, { ...environment, runtime }));
}

function onlyAzureKnows(call: CallExpression): ExpressionFailure {
  return new ExpressionFailure(
    `The template function '${call.name}' is not supported here: only Azure knows its answer.`,
    call.start,
  );
}

/** `pickZones(namespace, type, location, [numberOfZones], [offset])` (learn.microsoft.com, "Resource functions", pickZones). */
const pickZones: Ask = (facts, args, site) => {
  const count = args.length > 3 ? countArg(args, 3, site) : 1;
  const offset = args.length > 4 ? countArg(args, 4, site) : 0;
  if (count < 1 || count > 3) throw invalid(site, `the number of zones '${count}' has to be between '1' and '3'.`);
  if (offset < 0) throw invalid(site, `the offset '${offset}' is negative.`);
  const zones = facts.zones?.(textArg(args, 0, site), textArg(args, 1, site), textArg(args, 2, site));
  if (zones === undefined || zones.length === 0) return zones;
  if (offset + count > zones.length)
    throw invalid(
      site,
      `the offset '${offset}' and the number of zones '${count}' exceed the '${zones.length}' zones of the region.`,
    );
  return zones.slice(offset, offset + count);
};

type Zone = 'physicalZone' | 'logicalZone';

/** `toPhysicalZone(subscriptionId, location, zone)` and its way back (Azure/bicep, AzNamespaceType). */
function zone(to: Zone): Ask {
  return (facts, args, site) => facts[to]?.(textArg(args, 0, site), textArg(args, 1, site), textArg(args, 2, site));
}

function zones(to: Zone): Ask {
  return (facts, args, site) => {
    const [subscriptionId, location] = [textArg(args, 0, site), textArg(args, 1, site)];
    const given = arrayArg(args, 2, site);
    const found = given.map((_, i) => facts[to]?.(subscriptionId, location, textArg(given, i, site)));
    return found.includes(undefined) ? undefined : found;
  };
}

/** Declared by the language, and answered by nobody but Azure or a client of it: refused by name rather than answered wrongly. */
const refused = ['extensions', 'externalInput', 'like'].map((name) =>
  defineSpecial(name, 0, many, (call) => {
    throw onlyAzureKnows(call);
  }),
);

/** `externalInputs('name')`: a value that the client put into the request. */
function externalInputs(call: CallExpression, environment: Environment, evaluate: Evaluate): unknown {
  const args = call.args.map((arg) => evaluate(arg, environment));
  const { cloud, externalInputs: inputs } = environment.frame.context;
  const name = textArg(args, 0, { name: call.name, environment });
  if (inputs !== undefined && Object.hasOwn(inputs, name)) return inputs[name]?.value;
  if (inputs === undefined && cloud === 'unknown' && !answers(environment.runtime))
    return wait(call, args, environment, evaluate);
  throw new ExpressionFailure(`The external input '${name}' is not provided.`, call.start);
}

/** Functions whose answers only a cloud knows, asked before anything runs. */
export const cloudFunctions: readonly FunctionDefinition[] = [
  defineSpecial('externalInputs', 1, 1, externalInputs),
  ask('pickZones', 3, 5, pickZones),
  ask('providers', 1, 2, (facts, args, site) =>
    facts.provider?.(textArg(args, 0, site), args.length > 1 ? textArg(args, 1, site) : undefined),
  ),
  ask('roleDefinitions', 1, 1, (facts, args, site) => facts.roleDefinition?.(textArg(args, 0, site))),
  ask('toLogicalZone', 3, 3, zone('logicalZone')),
  ask('toLogicalZones', 3, 3, zones('logicalZone')),
  ask('toPhysicalZone', 3, 3, zone('physicalZone')),
  ask('toPhysicalZones', 3, 3, zones('physicalZone')),
  ...refused,
];
