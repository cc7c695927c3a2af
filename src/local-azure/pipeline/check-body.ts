import { ArmError } from '../../arm/arm-error.ts';
import { normalizeLocation } from '../resources/regions.ts';
import { groupType } from '../resources/resource-path.ts';
import { locationsOf, namespaceOf } from '../resources/type-table.ts';
import { invalidContent, locationChanged, locationNotAvailable, locationRequired } from '../service-errors.ts';
import type { World } from '../world.ts';
import type { Target } from './locate.ts';

/**
 * Third step: the body against what the service knows of the type. Gives the body that the provider sees: without `id`, `name`
 * and `type`, and with the location in its short form.
 */
export function checkBody(
  world: World,
  target: Target,
  apiVersion: string,
  body: unknown,
): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw invalidContent(
      "The request content was invalid and could not be deserialized: 'A JSON object was expected.'.",
    );
  }
  const { id: _id, name: _name, type: _type, ...rest } = body as Record<string, unknown>;
  if (target.entry.unmodelled) return rest;
  const { provider } = target.entry;
  // Clients send back what they were given, read-only properties too, and services pass over those.
  const faults = world.checkBody(provider.type, apiVersion, rest).filter(({ code }) => code !== 'read-only');
  const [first] = faults;
  if (first !== undefined) throw bodyFault(provider.type, faults);
  return checkLocation(target, rest);
}

function bodyFault(type: string, faults: readonly { readonly path: string; readonly message: string }[]): ArmError {
  const texts = faults.map(({ path, message }) => (message.includes(path) ? message : `${message} Path '${path}'.`));
  // The network and compute services have an envelope of their own.
  if (namespaceOf(type) === 'Microsoft.Network') {
    return new ArmError(400, {
      code: 'InvalidRequestFormat',
      message: 'Cannot parse the request.',
      details: texts.map((message) => ({ code: 'InvalidJson', message })),
    });
  }
  return invalidContent(
    `The request content was invalid and could not be deserialized: '${texts[0]}'.`,
    faults.map(({ path }, i) => ({ code: 'InvalidRequestContent', target: path, message: texts[i] as string })),
  );
}

function checkLocation(target: Target, body: Record<string, unknown>): Readonly<Record<string, unknown>> {
  const { provider } = target.entry;
  const { location } = body;
  // Resource groups have their own words for it.
  if (provider.location === 'none' || provider.type === groupType) return body;
  if (location === undefined || location === null || location === '') throw locationRequired();
  if (typeof location !== 'string') {
    throw invalidContent("The request content was invalid and could not be deserialized: 'location must be a string'.");
  }
  const normal = normalizeLocation(location);
  const available = locationsOf(provider);
  if (!available.includes(normal)) throw locationNotAvailable(location, provider.type, available);
  const was = target.existing?.resource.location;
  if (was !== undefined && normalizeLocation(was) !== normal) {
    throw locationChanged(target.name, was, target.path.resourceGroup ?? '', normal);
  }
  return { ...body, location: normal };
}
