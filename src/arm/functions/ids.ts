import type { DeploymentScope } from '../contract.ts';
import { providerId, scopeId } from '../resource-id.ts';
import { type CallSite, define, type FunctionDefinition, invalid, many, textArg } from './definition.ts';

const guid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** The arguments up to the resource type, the type, and its names. */
interface Split {
  readonly leading: readonly string[];
  readonly type: string;
  readonly names: readonly string[];
}

/** The type is the first argument with a slash in it, from `from` on; before it may stand so many others. */
function splitArgs(args: readonly unknown[], most: number, site: CallSite, from = 0): Split {
  const texts = args.map((_, i) => textArg(args, i, site)).slice(from);
  const at = texts.findIndex((text) => text.includes('/'));
  if (at === -1 || at > most)
    throw invalid(
      site,
      `the resource type has to be one of the first ${most + 1} arguments, in the form 'Namespace/type'.`,
    );
  const type = (texts[at] as string).replace(/^\/|\/$/g, '');
  const names = texts.slice(at + 1);
  const wanted = type.split('/').length - 1;
  if (names.length !== wanted)
    throw invalid(
      site,
      `the type '${type}' requires '${wanted}' resource name argument(s), and '${names.length}' were provided.`,
    );
  return { leading: texts.slice(0, at), type, names };
}

const id = (scope: DeploymentScope, { type, names }: Split): string => providerId(scopeId(scope), type, names);

/** `resourceId([subscription], [group], type, names…)`; what leads is read as the scope of the deployment demands. */
function resourceId(args: readonly unknown[], site: CallSite): string {
  const split = splitArgs(args, 2, site);
  const { scope } = site.environment.frame.context;
  const [first, second] = split.leading;
  if (first === undefined) return id(scope.kind === 'managementGroup' ? { kind: 'tenant' } : scope, split);
  if (second !== undefined) return id({ kind: 'resourceGroup', subscriptionId: first, resourceGroup: second }, split);
  if (scope.kind === 'resourceGroup') {
    const { subscriptionId, resourceGroup } = scope;
    return id(
      {
        kind: 'resourceGroup',
        ...(guid.test(first) ? { subscriptionId: first, resourceGroup } : { subscriptionId, resourceGroup: first }),
      },
      split,
    );
  }
  if (guid.test(first)) return id({ kind: 'subscription', subscriptionId: first }, split);
  if (scope.kind !== 'subscription') throw invalid(site, `'${first}' is not the id of a subscription.`);
  return id({ kind: 'resourceGroup', subscriptionId: scope.subscriptionId, resourceGroup: first }, split);
}

function subscriptionResourceId(args: readonly unknown[], site: CallSite): string {
  const split = splitArgs(args, 1, site);
  const { scope } = site.environment.frame.context;
  const subscriptionId = split.leading[0] ?? ('subscriptionId' in scope ? scope.subscriptionId : undefined);
  if (subscriptionId === undefined)
    throw invalid(site, 'the deployment is not in a subscription: the id of one has to be given.');
  return id({ kind: 'subscription', subscriptionId }, split);
}

function managementGroupResourceId(args: readonly unknown[], site: CallSite): string {
  const split = splitArgs(args, 1, site);
  const { scope } = site.environment.frame.context;
  const managementGroup = split.leading[0] ?? (scope.kind === 'managementGroup' ? scope.managementGroup : undefined);
  if (managementGroup === undefined)
    throw invalid(site, 'the deployment is not in a management group: the name of one has to be given.');
  return id({ kind: 'managementGroup', managementGroup }, split);
}

function extensionResourceId(args: readonly unknown[], site: CallSite): string {
  const base = textArg(args, 0, site).replace(/\/$/, '');
  const { type, names } = splitArgs(args, 0, site, 1);
  return providerId(base, type, names);
}

export const idFunctions: readonly FunctionDefinition[] = [
  define('extensionResourceId', 3, many, extensionResourceId),
  define('managementGroupResourceId', 2, many, managementGroupResourceId),
  define('resourceId', 2, many, resourceId),
  define('subscriptionResourceId', 2, many, subscriptionResourceId),
  define('tenantResourceId', 2, many, (args, site) => id({ kind: 'tenant' }, splitArgs(args, 0, site))),
];
