import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Microsoft's resource types as bicep-types-az publishes them, read from the reference folder. Independent of the type data of
 * local Azure: this is the referee of that and of what synth writes.
 */
export interface TypeRef {
  readonly $ref: string;
}
export interface PropertyNode {
  readonly type: TypeRef;
  readonly flags: number;
}
export type TypeNode =
  | { readonly $type: 'ResourceType'; readonly name: string; readonly body: TypeRef; readonly writableScopes: number }
  | {
      readonly $type: 'ObjectType';
      readonly name: string;
      readonly properties: Readonly<Record<string, PropertyNode>>;
      readonly additionalProperties?: TypeRef;
    }
  | {
      readonly $type: 'DiscriminatedObjectType';
      readonly name: string;
      readonly discriminator: string;
      readonly baseProperties: Readonly<Record<string, PropertyNode>>;
      readonly elements: Readonly<Record<string, TypeRef>>;
    }
  | { readonly $type: 'UnionType'; readonly elements: readonly TypeRef[] }
  | {
      readonly $type: 'ArrayType';
      readonly itemType: TypeRef;
      readonly minLength?: number;
      readonly maxLength?: number;
    }
  | { readonly $type: 'StringLiteralType'; readonly value: string }
  | {
      readonly $type: 'StringType';
      readonly minLength?: number;
      readonly maxLength?: number;
      readonly pattern?: string;
    }
  | { readonly $type: 'IntegerType'; readonly minValue?: number; readonly maxValue?: number }
  | { readonly $type: 'BooleanType' }
  | { readonly $type: 'AnyType' };

/** The types of one `type@version`, with node 0 the resource. */
export type TypeFile = readonly TypeNode[];

/** Bits of a property's flags. */
export const required = 1;
export const readOnly = 2;

/** Bits of `writableScopes`. */
export const writableScope = { subscription: 4, resourceGroup: 8, extension: 16 } as const;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The folder of the types: `azure-types` below `$AKS_REGULATED_REFERENCE_DIR`, or below `../shared`. */
export const typesFolder = path.join(
  process.env.AKS_REGULATED_REFERENCE_DIR ?? path.join(root, '..', 'shared'),
  'azure-types',
);

export function typesArePresent(): boolean {
  return existsSync(path.join(typesFolder, 'INDEX.tsv'));
}

export function node(file: TypeFile, ref: TypeRef): TypeNode {
  const found = file[Number(ref.$ref.replace('#/', ''))];
  if (found === undefined) throw new Error(`${ref.$ref} leads nowhere`);
  return found;
}

/** Finds types by type and version; ARM compares type names without regard to case. */
export class AzureTypes {
  readonly #index = new Map<string, string>();
  readonly #read = new Map<string, TypeFile>();

  constructor() {
    const [, ...rows] = readFileSync(path.join(typesFolder, 'INDEX.tsv'), 'utf8').trimEnd().split('\n');
    for (const row of rows) {
      const name = row.split('\t')[0] as string;
      this.#index.set(name.toLowerCase(), name);
    }
  }

  get size(): number {
    return this.#index.size;
  }

  /** Versions of a type that are in the index, oldest first. */
  versionsOf(type: string): readonly string[] {
    const start = `${type}@`.toLowerCase();
    return [...this.#index.keys()].flatMap((name) => (name.startsWith(start) ? [name.slice(start.length)] : [])).sort();
  }

  /** Undefined when `type@version` is not in the index. */
  find(type: string, apiVersion: string): TypeFile | undefined {
    const name = this.#index.get(`${type}@${apiVersion}`.toLowerCase());
    if (name === undefined) return undefined;
    const known = this.#read.get(name);
    if (known !== undefined) return known;
    const text = readFileSync(path.join(typesFolder, `${name.replaceAll('/', '__')}.json`), 'utf8');
    const file = JSON.parse(text) as TypeFile;
    this.#read.set(name, file);
    return file;
  }
}
