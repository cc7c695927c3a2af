import { ArmError } from '../../arm/arm-error.ts';
import type { ArmResource } from '../../model/resource.ts';
import type { ProviderContext } from './contract.ts';
import { nameIn, sameId } from './ids.ts';
import { defined, type Members, membersOf } from './members.ts';
import { propertiesOf } from './resource-form.ts';

/** A refusal in a service's own words. */
export function refusal(status: number, code: string, message: string, target?: string): ArmError {
  return new ArmError(status, { code, message, ...(target === undefined ? {} : { target }) });
}

export const badRequest = (code: string, message: string): ArmError => refusal(400, code, message);
export const conflict = (code: string, message: string): ArmError => refusal(409, code, message);

export function isGuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}

/** What an extension resource hangs on: all before its last `/providers/`. */
export function scopeOf(id: string): string {
  return id.slice(0, id.toLowerCase().lastIndexOf('/providers/'));
}

export function subscriptionOf(id: string): string {
  return id.split('/').slice(0, 3).join('/');
}

export function isSubscription(scope: string): boolean {
  return /^\/subscriptions\/[^/]+$/i.test(scope);
}

/** Whether an id is a scope itself or lies below it. */
export function isWithin(id: string, scope: string): boolean {
  return sameId(id, scope) || scope === '/' || id.toLowerCase().startsWith(`${scope.toLowerCase()}/`);
}

/** `Microsoft.X/y/name` as ARM writes it in its messages. */
export function described(id: string): string {
  return id.slice(id.toLowerCase().lastIndexOf('/providers/') + '/providers/'.length);
}

/** ARM's own answer to a reference that leads nowhere. */
export function resourceNotFound(id: string): ArmError {
  return refusal(
    404,
    'ResourceNotFound',
    `The Resource '${described(id)}' under resource group '${id.split('/')[4] ?? ''}' was not found. For more details please go to https://aka.ms/ARMResourceNotFoundFix`,
  );
}

/** The resource of a type that an id names, or ARM's 404. */
export function requireFound(
  context: ProviderContext,
  id: string | undefined,
  ...types: readonly string[]
): ArmResource {
  const found = id === undefined ? undefined : context.view.get(id);
  const isWanted = types.length === 0 || types.some((type) => type.toLowerCase() === found?.type.toLowerCase());
  if (found === undefined || !isWanted) throw resourceNotFound(id ?? '');
  return found;
}

/** Another resource of the type with the same name, anywhere: names that are part of a host name are taken once in the world. */
export function namesake(id: string, type: string, context: ProviderContext): ArmResource | undefined {
  const name = nameIn(id).toLowerCase();
  return context.view.ofType(type).find((other) => other.name.toLowerCase() === name && !sameId(other.id, id));
}

const identityType = 'Microsoft.ManagedIdentity/userAssignedIdentities';

/**
 * The envelope with its identity completed: the principal of a system-assigned one follows from the resource's id, a user-assigned
 * one must be there. Messages are ARM's own, as users report them.
 */
export function withIdentity(id: string, envelope: Members, context: ProviderContext): Members {
  if (envelope.identity === undefined) return envelope;
  const { type, userAssignedIdentities } = membersOf(envelope.identity);
  const kind = String(type ?? 'None');
  const users = Object.keys(membersOf(userAssignedIdentities));
  if (/userassigned/i.test(kind) && users.length === 0) {
    throw badRequest('MissingIdentityIds', `The identity ids must not be null or empty for '${kind}' identity type.`);
  }
  const completed = users.map((user) => [user, userAssigned(id, user, context)] as const);
  return {
    ...envelope,
    identity: defined({
      type: kind,
      principalId: /systemassigned/i.test(kind) ? context.stableGuid(id, 'principalId') : undefined,
      tenantId: /systemassigned/i.test(kind) ? context.tenantId : undefined,
      userAssignedIdentities: users.length === 0 ? undefined : Object.fromEntries(completed),
    }),
  };
}

function userAssigned(id: string, user: string, context: ProviderContext): Members {
  const found = context.view.get(user);
  if (found?.type.toLowerCase() !== identityType.toLowerCase()) {
    throw badRequest(
      'FailedIdentityOperation',
      `Identity operation for resource '${id}' failed with error 'Failed to perform resource identity operation. Status: 'BadRequest'. Response: '{"error":{"code":"BadRequest","message":"Resource '${user}' was not found."}}'.'.`,
    );
  }
  const { principalId, clientId } = propertiesOf(found);
  return { principalId, clientId };
}

/** The ids of the user-assigned identities of an envelope. */
export function userIdentitiesOf(envelope: Members): readonly string[] {
  return Object.keys(membersOf(membersOf(envelope.identity).userAssignedIdentities));
}
