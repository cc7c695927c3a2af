import { ArmError } from '../../../arm/arm-error.ts';
import type { ProviderContext, ResourceTypeProvider } from '../contract.ts';
import { nameIn, sameId } from '../ids.ts';
import { defined, listOf, type Members, membersOf, textOf } from '../members.ts';
import { propertiesOf, resourceOf, takeIn } from '../resource-form.ts';

const type = 'Microsoft.Insights/diagnosticSettings';

/** Destinations and what stands behind each id. */
const destinations = [
  'workspaceId',
  'storageAccountId',
  'eventHubAuthorizationRuleId',
  'marketplacePartnerId',
  'serviceBusRuleId',
];

/** Where the logs and metrics of a resource, a group or a subscription go. Hangs on any resource. */
export const diagnosticSettings: ResourceTypeProvider = {
  type,
  apiVersions: ['2021-05-01-preview', '2017-05-01-preview', '2016-09-01', '2015-07-01'],
  location: 'none',
  longRunning: false,
  put(input, context) {
    const { properties } = takeIn(type, input.body);
    const scope = input.id.slice(0, input.id.toLowerCase().lastIndexOf('/providers/microsoft.insights/'));
    checkScope(scope, context);
    checkDestinations(properties, context);
    const logs = listOf(properties.logs).map((item) => checkLog(membersOf(item)));
    const metrics = listOf(properties.metrics).map(membersOf);
    if (logs.length + metrics.length === 0) {
      throw refuse('At least one data category must be specified: logs or metrics.');
    }
    checkOnePerSink(input.id, scope, properties, [...logs, ...metrics], context);
    const setting = resourceOf(type, input, {}, defined({ ...properties, logs, metrics }));
    return { put: [setting], delete: [] };
  },
};

const refuse = (message: string, code = 'BadRequest'): ArmError => new ArmError(400, { code, message });

function checkScope(scope: string, context: ProviderContext): void {
  const isSubscription = /^\/subscriptions\/[^/]+$/i.test(scope);
  if (isSubscription || context.view.get(scope) !== undefined) return;
  const [namespace, ...rest] = scope
    .slice(scope.toLowerCase().lastIndexOf('/providers/') + '/providers/'.length)
    .split('/');
  throw new ArmError(404, {
    code: 'ResourceNotFound',
    message: `The Resource '${[namespace, ...rest].join('/')}' under resource group '${scope.split('/')[4] ?? ''}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  });
}

function checkDestinations(properties: Members, context: ProviderContext): void {
  const given = destinations.flatMap((name) => textOf(properties[name]) ?? []);
  if (given.length === 0) {
    throw refuse('At least one data sink needs to be specified.');
  }
  for (const name of ['workspaceId', 'storageAccountId']) {
    const id = textOf(properties[name]);
    if (id === undefined || context.view.get(id) !== undefined) continue;
    throw new ArmError(404, {
      code: 'ResourceNotFound',
      message: `The Resource '${id.slice(id.toLowerCase().indexOf('/providers/') + '/providers/'.length)}' under resource group '${id.split('/')[4] ?? ''}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
    });
  }
}

/** A category or a category group, not both; retention in storage is retired since 2025-09-30. */
function checkLog(log: Members): Members {
  const [category, group] = [textOf(log.category), textOf(log.categoryGroup)];
  if ((category === undefined) === (group === undefined)) {
    throw refuse(
      'Diagnostic settings cannot have both a category and a category group in one log, and need one of them.',
    );
  }
  if (group !== undefined && !['alllogs', 'audit'].includes(group.toLowerCase())) {
    throw refuse(`Category group '${group}' is not supported.`);
  }
  return { ...log, retentionPolicy: log.retentionPolicy ?? { enabled: false, days: 0 } };
}

/** The same category goes to the same sink only once. */
function checkOnePerSink(
  id: string,
  scope: string,
  properties: Members,
  streams: readonly Members[],
  context: ProviderContext,
): void {
  const named = streams.filter(({ enabled }) => enabled === true).map(streamName);
  for (const other of context.view.ofType(type)) {
    const otherScope = other.id.slice(0, other.id.toLowerCase().lastIndexOf('/providers/microsoft.insights/'));
    if (sameId(other.id, id) || !sameId(otherScope, scope)) continue;
    const settings = propertiesOf(other);
    const sink = destinations.find((name) => sameId(textOf(settings[name]), textOf(properties[name])));
    if (sink === undefined) continue;
    const theirs = [...listOf(settings.logs), ...listOf(settings.metrics)].map(membersOf);
    const taken = theirs.filter(({ enabled }) => enabled === true).map(streamName);
    const twin = named.find((name) => taken.includes(name));
    if (twin === undefined) continue;
    throw new ArmError(409, {
      code: 'Conflict',
      message: `Data sink '${String(properties[sink])}' is already used in diagnostic setting '${other.name}' for category '${twin}'. Data sinks can't be reused in different settings on the same category for the same resource. Setting: ${nameIn(id)}.`,
    });
  }
}

const streamName = (stream: Members): string => String(stream.category ?? stream.categoryGroup).toLowerCase();
