import type {
  Limits,
  TypeReference,
  WireEnum,
  WireObject,
  WireProperty,
} from '../../src/local-azure/types/wire-types.ts';
import { propertyParts } from '../../src/local-azure/types/wire-types.ts';
import {
  type BicepFile,
  type BicepNode,
  type BicepProperty,
  isReadOnly,
  isRequired,
  unionOf,
  variantsOf,
} from './bicep-types.ts';

/** Shapes that can be added to. */
export interface Draft {
  readonly objects: Record<string, WireObject>;
  readonly enums: Record<string, WireEnum>;
}

/** What a package lacks of Microsoft's wire types. */
export interface DerivedSupplement {
  readonly objects: Record<string, Record<string, WireProperty>>;
  readonly others: Record<string, TypeReference>;
  readonly variants: Record<string, NonNullable<WireObject['variants']>>;
  readonly enums: Record<string, WireEnum>;
}

export const emptySupplement = (): DerivedSupplement => ({ objects: {}, others: {}, variants: {}, enums: {} });

/** A supplement laid over shapes. */
export function withSupplement(
  shapes: { readonly objects: Draft['objects']; readonly enums: Draft['enums'] },
  supplement: DerivedSupplement,
): Draft {
  const objects = { ...shapes.objects };
  for (const [name, properties] of Object.entries(supplement.objects)) {
    objects[name] = { ...objects[name], properties: { ...objects[name]?.properties, ...properties } };
  }
  for (const [name, others] of Object.entries(supplement.others)) {
    objects[name] = { properties: {}, ...objects[name], others };
  }
  for (const [name, variants] of Object.entries(supplement.variants)) {
    objects[name] = { properties: {}, ...objects[name], variants };
  }
  return { objects, enums: { ...shapes.enums, ...supplement.enums } };
}

/**
 * Compares the shape of a type with its wire type and writes down what the shape lacks or says otherwise.
 * @param mode `newest`: every difference; `older`: only members that the shape does not have at all
 */
export function deriveSupplement(
  draft: Draft,
  root: string,
  file: BicepFile,
  mode: 'newest' | 'older',
  into: DerivedSupplement,
): void {
  const seen = new Set<string>();
  compareObject(file.root, root, '');

  function object(name: string): WireObject {
    return draft.objects[name] ?? { properties: {} };
  }

  function set(owner: string, name: string, property: WireProperty): void {
    const known = object(owner);
    draft.objects[owner] = { ...known, properties: { ...known.properties, [name]: property } };
    into.objects[owner] = { ...into.objects[owner], [name]: property };
  }

  function compareObject(theirs: BicepNode, ours: string, where: string): void {
    const pair = `${theirs.name}|${ours}`;
    if (seen.has(pair)) return;
    seen.add(pair);
    if (theirs.$type === 'DiscriminatedObjectType') {
      compareVariants(theirs, ours, where);
      return;
    }
    if (theirs.additionalProperties !== undefined && object(ours).others === undefined && mode === 'newest') {
      const others = convert(file.at(theirs.additionalProperties), `${ours}.others`);
      draft.objects[ours] = { ...object(ours), others };
      into.others[ours] = others;
    }
    for (const [name, property] of Object.entries(theirs.properties ?? {})) {
      const place = where === '' ? name : `${where}.${name}`;
      if (place !== 'apiVersion') compareProperty(ours, name, property, place);
    }
  }

  function compareProperty(owner: string, name: string, theirs: BicepProperty, place: string): void {
    const properties = object(owner).properties;
    const key = Object.keys(properties).find((own) =>
      mode === 'newest' ? own === name : own.toLowerCase() === name.toLowerCase(),
    );
    const written = key === undefined ? undefined : properties[key];
    if (written === undefined) {
      set(owner, name, propertyFor(theirs, `${owner}.${name}`));
      return;
    }
    const own = propertyParts(written);
    if (mode === 'newest' && !['id', 'name', 'type'].includes(place)) {
      const flagsDiffer =
        isReadOnly(theirs) !== own.readOnly || (!isReadOnly(theirs) && isRequired(theirs) !== own.required);
      const kindsDiffer = !isReadOnly(theirs) && !sameKind(file.at(theirs.type), own.type);
      if (kindsDiffer) {
        set(owner, name, propertyFor(theirs, `${owner}.${name}`));
        return;
      }
      if (flagsDiffer) set(owner, name, withFlags(theirs, isReadOnly(theirs) && isDeep(own.type) ? 'any' : own.type, own.limits));
    }
    if (isReadOnly(theirs) || own.readOnly) return;
    descend(file.at(theirs.type), own.type, place);
  }

  function descend(theirs: BicepNode, reference: TypeReference, place: string): void {
    if (theirs.$type === 'ArrayType' && reference.startsWith('[') && theirs.itemType !== undefined) {
      descend(file.at(theirs.itemType), reference.slice(1), place);
    } else if (isObject(theirs) && reference.startsWith('#')) {
      compareObject(theirs, reference.slice(1), place);
    } else if (isObject(theirs) && reference.startsWith('{') && theirs.additionalProperties !== undefined) {
      descend(file.at(theirs.additionalProperties), reference.slice(1), place);
    }
  }

  function compareVariants(theirs: BicepNode, ours: string, where: string): void {
    const known = object(ours).variants;
    const cases: Record<string, string> = { ...known?.cases };
    let added = known === undefined;
    for (const [value, node] of variantsOf(theirs, file)) {
      const properties = { ...theirs.baseProperties, ...node.properties };
      const own = cases[value];
      if (own === undefined) {
        cases[value] = objectFor({ ...node, properties });
        added = true;
      } else {
        compareObject({ ...node, properties }, own, `${where}<${value}>`);
      }
    }
    if (!added) return;
    const variants = { by: known?.by ?? theirs.discriminator ?? '', cases };
    draft.objects[ours] = { ...object(ours), variants };
    into.variants[ours] = variants;
  }

  /** Whether a reference says what the node says, one level deep. */
  function sameKind(theirs: BicepNode, reference: TypeReference): boolean {
    switch (theirs.$type) {
      case 'ArrayType':
        return reference.startsWith('[') && (theirs.itemType === undefined || sameKind(file.at(theirs.itemType), reference.slice(1)));
      case 'UnionType': {
        const wanted = enumOf(theirs);
        if (wanted === undefined) return reference === 'any';
        const own = reference.startsWith('=') ? draft.enums[reference.slice(1)] : undefined;
        return own !== undefined && own.open === wanted.open && [...own.values].sort().join() === [...wanted.values].sort().join();
      }
      case 'ObjectType':
      case 'DiscriminatedObjectType':
        if (reference.startsWith('{')) return theirs.additionalProperties !== undefined;
        return reference.startsWith('#') || (reference === 'any' && isEmpty(theirs));
      case 'StringLiteralType':
      case 'StringType':
        return reference === 'string' || (reference === 'date' && theirs.$type === 'StringType');
      case 'IntegerType':
        return reference === 'number';
      case 'BooleanType':
        return reference === 'boolean';
      default:
        return reference === 'any';
    }
  }

  function convert(node: BicepNode, hint: string): TypeReference {
    switch (node.$type) {
      case 'ArrayType':
        return `[${node.itemType === undefined ? 'any' : convert(file.at(node.itemType), hint)}`;
      case 'UnionType': {
        const wanted = enumOf(node);
        if (wanted === undefined) return 'any';
        draft.enums[hint] = wanted;
        into.enums[hint] = wanted;
        return `=${hint}`;
      }
      case 'ObjectType':
      case 'DiscriminatedObjectType': {
        if (isEmpty(node)) return node.additionalProperties === undefined ? 'any' : `{${convert(file.at(node.additionalProperties), hint)}`;
        return `#${objectFor(node)}`;
      }
      case 'IntegerType':
        return 'number';
      case 'BooleanType':
        return 'boolean';
      case 'StringType':
      case 'StringLiteralType':
        return 'string';
      default:
        return 'any';
    }
  }

  /** The object of a node, made where there is none of its name; compared where there is one. */
  function objectFor(node: BicepNode): string {
    const name = node.name ?? 'Object';
    draft.objects[name] ??= { properties: {} };
    into.objects[name] ??= {};
    compareObject(node, name, `${name}`);
    return name;
  }

  function propertyFor(theirs: BicepProperty, hint: string): WireProperty {
    const node = file.at(theirs.type);
    if (isReadOnly(theirs)) {
      const simple = ['StringType', 'IntegerType', 'BooleanType', 'StringLiteralType'].includes(node.$type);
      return [simple ? convert(node, hint) : 'any', isRequired(theirs) ? 'ro' : 'o'];
    }
    return withFlags(theirs, convert(node, hint), limitsOf(node));
  }

  function enumOf(node: BicepNode): WireEnum | undefined {
    const members = unionOf(node, file);
    if (!members.every(({ $type }) => $type === 'StringLiteralType' || $type === 'StringType')) return undefined;
    const values = members.flatMap(({ $type, value }) => ($type === 'StringLiteralType' ? [String(value)] : []));
    return { values, open: members.some(({ $type }) => $type === 'StringType') };
  }
}

const isObject = ({ $type }: BicepNode): boolean => $type === 'ObjectType' || $type === 'DiscriminatedObjectType';
const isEmpty = (node: BicepNode): boolean =>
  node.$type === 'ObjectType' && Object.keys(node.properties ?? {}).length === 0;
const isDeep = (reference: TypeReference): boolean => /^[#[{]/.test(reference);

function withFlags(theirs: BicepProperty, type: TypeReference, limits: Limits): WireProperty {
  const flags = `${isRequired(theirs) ? 'r' : ''}${isReadOnly(theirs) ? 'o' : ''}`;
  if (Object.keys(limits).length > 0) return [type, flags, limits];
  return flags === '' ? type : [type, flags];
}

function limitsOf({ pattern, minLength, maxLength, minValue, maxValue, $type }: BicepNode): Limits {
  if ($type === 'ArrayType') return {};
  return {
    ...(minValue === undefined ? {} : { min: minValue }),
    ...(maxValue === undefined ? {} : { max: maxValue }),
    ...(minLength === undefined ? {} : { minLength }),
    ...(maxLength === undefined ? {} : { maxLength }),
    ...(pattern === undefined ? {} : { pattern }),
  };
}
