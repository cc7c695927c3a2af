import { type ObjectShape, type TypeShape, typeShape } from './catalog.ts';

/** For tests: the data against Microsoft's own wire types (Azure/bicep-types-az, one file a `type@version`). */

interface Reference {
  readonly $ref: string;
}

interface Node {
  readonly $type: string;
  readonly name?: string;
  readonly body?: Reference;
  readonly value?: string;
  readonly properties?: Readonly<Record<string, { readonly type: Reference; readonly flags: number }>>;
  readonly baseProperties?: Node['properties'];
  readonly elements?: Readonly<Record<string, Reference>> & readonly Reference[];
  readonly itemType?: Reference;
  readonly additionalProperties?: Reference;
}

export interface Comparison {
  readonly compared: number;
  /** `required properties.priority`, `missing properties.x`, `read-only …`, `enum …`, `kind …`, `extra …` */
  readonly differences: readonly string[];
}

/** Compares the data with the reference, object by object; what lies below a read-only member is not looked at. */
export function compareWithReferee(typeAtVersion: string, text: string): Comparison {
  const nodes = JSON.parse(text) as readonly Node[];
  const shape = typeShape(typeAtVersion.split('@')[0] ?? '') as TypeShape;
  const at = (reference: Reference): Node => nodes[Number(reference.$ref.slice(2))] as Node;
  const differences: string[] = [];
  const seen = new Set<string>();
  let compared = 0;
  compareObject(at(nodes[0]?.body as Reference), shape.body, '');
  return { compared, differences };

  function compareObject(theirs: Node, ours: ObjectShape, where: string): void {
    const pair = `${theirs.name}|${ours.name}`;
    if (seen.has(pair)) return;
    seen.add(pair);
    if (theirs.$type === 'DiscriminatedObjectType') {
      compareVariants(theirs, ours, where);
      return;
    }
    const properties = theirs.properties ?? {};
    for (const [name, { type, flags }] of Object.entries(properties)) {
      const place = where === '' ? name : `${where}.${name}`;
      const own = ours.properties.get(name.toLowerCase());
      if (place === 'apiVersion') continue;
      compared += 1;
      if (own === undefined || own.name !== name) {
        differences.push(`missing ${place}`);
        continue;
      }
      if (['id', 'name', 'type'].includes(place)) continue;
      const isReadOnly = (flags & 2) !== 0;
      if (isReadOnly !== own.readOnly) differences.push(`read-only ${place}`);
      if (!isReadOnly && ((flags & 1) !== 0) !== own.required) differences.push(`required ${place}`);
      if (!isReadOnly && !own.readOnly) compareValue(at(type), own.type, place);
    }
    for (const own of ours.properties.values()) {
      if (properties[own.name] === undefined)
        differences.push(`extra ${where === '' ? own.name : `${where}.${own.name}`}`);
    }
  }

  function compareVariants(theirs: Node, ours: ObjectShape, where: string): void {
    const cases = ours.variants?.cases ?? {};
    const elements = theirs.elements as Readonly<Record<string, Reference>>;
    const [wanted, known] = [elements, cases].map((record) => Object.keys(record).sort().join());
    if (wanted !== known) differences.push(`variants ${where}: ${wanted} / ${known}`);
    for (const [name, reference] of Object.entries(elements)) {
      const own = cases[name];
      if (own === undefined) continue;
      const variant = at(reference);
      const properties = { ...theirs.baseProperties, ...variant.properties };
      compareObject({ ...variant, properties }, shape.object(own), `${where}<${name}>`);
    }
  }

  function compareValue(theirs: Node, reference: string, where: string): void {
    if (theirs.$type === 'ArrayType') {
      if (reference.startsWith('[')) compareValue(at(theirs.itemType as Reference), reference.slice(1), where);
      else differences.push(`kind ${where}: list, ${reference}`);
    } else if (theirs.$type === 'UnionType') {
      compareEnum((theirs.elements ?? []).map(at), reference, where);
    } else if (theirs.$type === 'ObjectType' || theirs.$type === 'DiscriminatedObjectType') {
      if (reference.startsWith('#')) compareObject(theirs, shape.object(reference.slice(1)), where);
      else if (!(reference.startsWith('{') && theirs.additionalProperties !== undefined)) {
        differences.push(`kind ${where}: object, ${reference}`);
      }
    } else if (theirs.$type === 'StringLiteralType') {
      if (reference !== 'string') differences.push(`kind ${where}: '${theirs.value}', ${reference}`);
    } else {
      const kinds: Readonly<Record<string, string>> = {
        StringType: 'string',
        IntegerType: 'number',
        BooleanType: 'boolean',
        AnyType: 'any',
      };
      const own = reference === 'date' ? 'string' : reference;
      if (kinds[theirs.$type] !== own) differences.push(`kind ${where}: ${theirs.$type}, ${reference}`);
    }
  }

  function compareEnum(elements: readonly Node[], reference: string, where: string): void {
    const values = elements.filter(({ $type }) => $type === 'StringLiteralType').map(({ value }) => String(value));
    const isOpen = elements.some(({ $type }) => $type === 'StringType');
    const own = reference.startsWith('=') ? shape.enumeration(reference.slice(1)) : { values: [], open: true };
    const theirs = `${isOpen ? 'open' : 'closed'} ${[...values].sort().join()}`;
    const ours = `${own.open ? 'open' : 'closed'} ${[...own.values].sort().join()}`;
    if (theirs !== ours) differences.push(`enum ${where}: ${theirs} / ${ours}`);
  }
}
