import type { ProviderChange, PutInput, ResourceTypeProvider } from '../providers/contract.ts';
import { invalidNamespace, invalidType, noRegisteredProvider } from '../service-errors.ts';
import { regionNames } from './regions.ts';
import { resourceGroups } from './resource-groups.ts';

/** A provider as the pipeline uses it. */
export interface TypeEntry {
  readonly provider: ResourceTypeProvider;
  /** Newest first, those that exist at `asOf`. */
  readonly apiVersions: readonly string[];
  readonly unmodelled: boolean;
}

/** The resource types that exist, by name without regard to case. */
export class TypeTable {
  readonly #entries = new Map<string, TypeEntry>();
  readonly #allowUnknown: boolean;

  /** @param asOf leaves out API versions that came later */
  constructor(providers: readonly ResourceTypeProvider[], allowUnknown: boolean, asOf: Date | undefined) {
    this.#allowUnknown = allowUnknown;
    const day = asOf?.toISOString().slice(0, 10);
    for (const provider of [...providers, resourceGroups]) {
      const apiVersions = provider.apiVersions.filter((version) => day === undefined || version.slice(0, 10) <= day);
      this.#entries.set(provider.type.toLowerCase(), { provider, apiVersions, unmodelled: false });
    }
  }

  find(type: string): TypeEntry | undefined {
    return this.#entries.get(type.toLowerCase());
  }

  /** The provider of a resource that is there already, whatever version it was written in. */
  entryOf(type: string): TypeEntry {
    return this.find(type) ?? { provider: asSent(type), apiVersions: [], unmodelled: true };
  }

  /** Every modelled type, sorted. */
  all(): readonly TypeEntry[] {
    return [...this.#entries.values()].sort((a, b) => (a.provider.type < b.provider.type ? -1 : 1));
  }

  namespaces(): readonly string[] {
    const namespaces = new Map<string, string>();
    for (const { provider } of this.all()) {
      const namespace = namespaceOf(provider.type);
      if (!namespaces.has(namespace.toLowerCase())) namespaces.set(namespace.toLowerCase(), namespace);
    }
    return [...namespaces.values()].sort();
  }

  /**
   * The provider that serves a type in an API version. Throws as ARM does: `InvalidResourceNamespace`, `InvalidResourceType`,
   * `NoRegisteredProviderFound`. Under `allowUnknown` a type that nobody models is stored as sent.
   */
  resolve(type: string, apiVersion: string, location: string | undefined): TypeEntry {
    const entry = this.find(type);
    const namespace = namespaceOf(type);
    if (entry === undefined) {
      if (this.#allowUnknown) return { provider: asSent(type), apiVersions: [apiVersion], unmodelled: true };
      const isKnown = this.namespaces().some((known) => known.toLowerCase() === namespace.toLowerCase());
      throw isKnown
        ? invalidType(namespace, type.slice(namespace.length + 1), apiVersion)
        : invalidNamespace(namespace);
    }
    if (!entry.apiVersions.some((version) => version.toLowerCase() === apiVersion.toLowerCase())) {
      throw noRegisteredProvider(
        location ?? '',
        apiVersion,
        entry.provider.type.slice(namespace.length + 1),
        entry.apiVersions,
        locationsOf(entry.provider),
      );
    }
    return entry;
  }
}

export function namespaceOf(type: string): string {
  return type.split('/')[0] ?? type;
}

/** Where resources of a type may lie. */
export function locationsOf(provider: ResourceTypeProvider): readonly string[] {
  return provider.location === 'required' ? regionNames : provider.location === 'global' ? ['global'] : [];
}

/** A type that is not modelled: the body comes back as it was sent, and nothing else happens. */
function asSent(type: string): ResourceTypeProvider {
  const put = ({ id, name, body }: PutInput): ProviderChange => ({
    put: [{ ...body, id, name, type }],
    delete: [],
  });
  return { type, apiVersions: [], location: 'none', longRunning: false, put };
}
