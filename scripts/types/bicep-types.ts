/** A node of Azure/bicep-types-az: one JSON list a `type@version`, nodes refer to each other by place. */
export interface BicepNode {
  readonly $type: string;
  readonly name?: string;
  readonly body?: BicepReference;
  readonly value?: string;
  readonly properties?: Readonly<Record<string, BicepProperty>>;
  readonly baseProperties?: Readonly<Record<string, BicepProperty>>;
  readonly discriminator?: string;
  /** A list of a union's members; a record of a discriminated object's variants. */
  readonly elements?: unknown;
  readonly itemType?: BicepReference;
  readonly additionalProperties?: BicepReference;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minValue?: number;
  readonly maxValue?: number;
}

export interface BicepReference {
  readonly $ref: string;
}

/** Flags: 1 required, 2 read-only. */
export interface BicepProperty {
  readonly type: BicepReference;
  readonly flags: number;
}

/** One file: its root body, and the node behind a reference. */
export interface BicepFile {
  readonly root: BicepNode;
  at(reference: BicepReference): BicepNode;
}

export function readBicepFile(text: string): BicepFile {
  const nodes = JSON.parse(text) as readonly BicepNode[];
  const at = (reference: BicepReference): BicepNode => nodes[Number(reference.$ref.slice(2))] as BicepNode;
  return { root: at(nodes[0]?.body as BicepReference), at };
}

export const isRequired = ({ flags }: BicepProperty): boolean => (flags & 1) !== 0;
export const isReadOnly = ({ flags }: BicepProperty): boolean => (flags & 2) !== 0;

/** The members of a union. */
export function unionOf(node: BicepNode, file: BicepFile): readonly BicepNode[] {
  return ((node.elements ?? []) as readonly BicepReference[]).map(file.at);
}

/** The variants of a discriminated object by the discriminator's value. */
export function variantsOf(node: BicepNode, file: BicepFile): readonly (readonly [string, BicepNode])[] {
  const elements = (node.elements ?? {}) as Readonly<Record<string, BicepReference>>;
  return Object.entries(elements).map(([value, reference]) => [value, file.at(reference)] as const);
}
