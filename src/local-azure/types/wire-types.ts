/**
 * Type data: the wire shape of resource types, cut out of Microsoft's published npm packages by `scripts/generate-types.ts`.
 *
 * A type reference is text: `string`, `number`, `boolean`, `date`, `any`; `#Name` an object, `=Name` an enum, `[ref` a list of
 * `ref`, `{ref` a map from text to `ref`.
 */
export type TypeReference = string;

/** Limits of one value: numbers `min` and `max`, text lengths `minLength` and `maxLength`, a regular expression. */
export interface Limits {
  readonly min?: number;
  readonly max?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
}

/** A property: its type, then flags (`r` required, `o` read-only), then limits. The type alone where there is nothing else. */
export type WireProperty = TypeReference | readonly [TypeReference, string] | readonly [TypeReference, string, Limits];

export interface WireObject {
  readonly properties: Readonly<Record<string, WireProperty>>;
  /** What further members are, where the object takes any. */
  readonly others?: TypeReference;
  /** Which object it really is, by the value of a member. */
  readonly variants?: { readonly by: string; readonly cases: Readonly<Record<string, string>> };
}

export interface WireEnum {
  readonly values: readonly string[];
  /** The service may take values that are not listed. */
  readonly open: boolean;
}

export interface TypeData {
  readonly provenance: {
    readonly package: string;
    readonly version: string;
    readonly license: string;
    readonly apiVersion: string;
    /** What was added by hand for newer API versions, and where it is written. */
    readonly supplements: readonly string[];
  };
  /** Resource type in lower case → name of its object. */
  readonly types: Readonly<Record<string, string>>;
  readonly objects: Readonly<Record<string, WireObject>>;
  readonly enums: Readonly<Record<string, WireEnum>>;
}

/** The parts of a property, whichever way it is written. */
export function propertyParts(property: WireProperty): {
  readonly type: TypeReference;
  readonly required: boolean;
  readonly readOnly: boolean;
  readonly limits: Limits;
} {
  const [type, flags = '', limits = {}] = typeof property === 'string' ? [property] : property;
  return { type, required: flags.includes('r'), readOnly: flags.includes('o'), limits };
}
