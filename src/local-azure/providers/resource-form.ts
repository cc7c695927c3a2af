import { canonicalJson } from '../../kernel/canonical-json.ts';
import { uuidV5 } from '../../kernel/hash.ts';
import type { ArmResource } from '../../model/resource.ts';
import { writableBody } from '../types/writable-body.ts';
import type { PutInput } from './contract.ts';
import { nameIn } from './ids.ts';
import { type Members, membersOf } from './members.ts';

/** A PUT as the service takes it in: spelled as the wire spells, without what cannot be written. */
export interface TakenIn {
  /** Everything beside `properties`: location, tags, sku, zones, identity … */
  readonly envelope: Members;
  readonly properties: Members;
}

export function takeIn(type: string, body: Members): TakenIn {
  const {
    properties,
    id: _id,
    name: _name,
    type: _type,
    etag: _etag,
    eTag: _eTag,
    ...envelope
  } = writableBody(type, body);
  return { envelope, properties: membersOf(properties) };
}

/** The resource to store. */
export function resourceOf(
  type: string,
  input: Pick<PutInput, 'id'>,
  envelope: Members,
  properties: Members,
): ArmResource {
  return { id: input.id, name: nameIn(input.id), type, ...envelope, properties } as ArmResource;
}

/** A stored resource with other properties. */
export function withProperties(resource: ArmResource, properties: Members): ArmResource {
  return { ...resource, properties: { ...resource.properties, ...properties } } as ArmResource;
}

export function propertiesOf(resource: ArmResource | undefined): Members {
  return membersOf(resource?.properties);
}

const etagNamespace = '5d0a3f0e-95f2-5c6b-8f0b-2a9a2b8f4c10';

/** The resource with an etag that follows from its content: the same content, the same etag. Spelled as the type spells it. */
export function withEtag(resource: ArmResource, spelling: 'etag' | 'eTag' = 'etag'): ArmResource {
  const { etag: _, eTag: _other, ...rest } = resource;
  return { ...rest, [spelling]: `W/"${uuidV5(canonicalJson(rest), etagNamespace)}"` } as ArmResource;
}
