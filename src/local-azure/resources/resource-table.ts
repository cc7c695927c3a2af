import type { ArmResource } from '../../model/resource.ts';
import type { ResourceView } from '../providers/contract.ts';

/** A resource as it is kept. */
export interface ResourceRecord {
  readonly resource: ArmResource;
  /** Of the last write. */
  readonly apiVersion: string;
  /** Present where no provider knows the type: stored as sent. */
  readonly unmodelled?: true;
}

/** The resources by id, type and collection, in memory. Ids are matched without regard to case. */
export class ResourceTable implements ResourceView {
  readonly #byKey = new Map<string, ResourceRecord>();
  readonly #byType = new Map<string, Set<string>>();
  readonly #byCollection = new Map<string, Set<string>>();

  record(id: string): ResourceRecord | undefined {
    return this.#byKey.get(id.toLowerCase());
  }

  get(id: string): ArmResource | undefined {
    return this.record(id)?.resource;
  }

  ofType(type: string): readonly ArmResource[] {
    return this.#resolve(this.#byType.get(type.toLowerCase())).map((record) => record.resource);
  }

  children(parentId: string, segment: string): readonly ArmResource[] {
    const collection = `${parentId}/${segment}`.toLowerCase();
    return this.#resolve(this.#byCollection.get(collection)).map((record) => record.resource);
  }

  recordsOfType(type: string): readonly ResourceRecord[] {
    return this.#resolve(this.#byType.get(type.toLowerCase()));
  }

  /** Everything whose id begins with `id/`: children, extension resources, what a group holds. In id order. */
  below(id: string): readonly ResourceRecord[] {
    const prefix = `${id.toLowerCase()}/`;
    return this.#resolve([...this.#byKey.keys()].filter((key) => key.startsWith(prefix)));
  }

  /** In id order. */
  all(): readonly ResourceRecord[] {
    return this.#resolve(this.#byKey.keys());
  }

  put(record: ResourceRecord): void {
    const key = record.resource.id.toLowerCase();
    this.remove(key);
    this.#byKey.set(key, deepFreeze(record));
    index(this.#byType, record.resource.type.toLowerCase(), key);
    index(this.#byCollection, collectionOf(key), key);
  }

  remove(id: string): void {
    const key = id.toLowerCase();
    const record = this.#byKey.get(key);
    if (record === undefined) return;
    this.#byKey.delete(key);
    unindex(this.#byType, record.resource.type.toLowerCase(), key);
    unindex(this.#byCollection, collectionOf(key), key);
  }

  #resolve(keys: Iterable<string> | undefined): readonly ResourceRecord[] {
    return [...(keys ?? [])].sort().map((key) => this.#byKey.get(key) as ResourceRecord);
  }
}

const collectionOf = (key: string): string => key.slice(0, key.lastIndexOf('/'));

function index(map: Map<string, Set<string>>, group: string, key: string): void {
  const keys = map.get(group);
  if (keys === undefined) map.set(group, new Set([key]));
  else keys.add(key);
}

function unindex(map: Map<string, Set<string>>, group: string, key: string): void {
  const keys = map.get(group);
  keys?.delete(key);
  if (keys?.size === 0) map.delete(group);
}

/** Providers are pure functions over what they are shown; a write to it would be a defect, and throws. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}
