import type {
  Limits,
  TypeData,
  TypeReference,
  WireEnum,
  WireProperty,
} from '../../src/local-azure/types/wire-types.ts';
import type { Declarations } from './declarations.ts';

/** A mapper of `@azure/core-client`, as far as the wire shape stands in it. */
export interface Mapper {
  readonly serializedName?: string;
  readonly required?: boolean;
  readonly readOnly?: boolean;
  readonly isConstant?: boolean;
  readonly defaultValue?: unknown;
  readonly constraints?: Readonly<Record<string, unknown>>;
  readonly type: {
    readonly name: string;
    readonly className?: string;
    readonly uberParent?: string;
    readonly polymorphicDiscriminator?: { readonly serializedName: string };
    readonly modelProperties?: Readonly<Record<string, Mapper>>;
    readonly additionalProperties?: Mapper;
    readonly element?: Mapper;
    readonly value?: Mapper;
    readonly allowedValues?: readonly unknown[];
  };
}

/** The mappers module of a package; `discriminators` says which model a discriminator's value stands for. */
export type MapperModule = Readonly<Record<string, Mapper>> & {
  readonly discriminators?: Readonly<Record<string, Mapper>>;
};

interface DraftObject {
  readonly properties: Record<string, WireProperty>;
  others?: TypeReference;
  variants?: { readonly by: string; readonly cases: Record<string, string> };
}

const simpleTypes: Readonly<Record<string, TypeReference>> = {
  String: 'string',
  Uuid: 'string',
  TimeSpan: 'string',
  Number: 'number',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'date',
  DateTimeRfc1123: 'date',
  ByteArray: 'string',
  Base64Url: 'string',
  any: 'any',
  Object: 'any',
};

/** Turns the models that the named roots reach into wire objects, without what lies below read-only members. */
export function readMappers(
  mappers: MapperModule,
  declarations: Declarations,
  roots: readonly string[],
): Pick<TypeData, 'objects' | 'enums'> {
  const objects: Record<string, DraftObject> = {};
  const enums: Record<string, WireEnum> = {};
  for (const root of roots) addModel(root);
  return { objects, enums };

  function addModel(name: string): void {
    if (objects[name] !== undefined) return;
    const mapper = mappers[name];
    if (mapper?.type.modelProperties === undefined) throw new Error(`no model ${name} in the mappers`);
    const draft: DraftObject = { properties: {} };
    objects[name] = draft;
    const { modelProperties, additionalProperties, polymorphicDiscriminator, uberParent } = mapper.type;
    for (const [member, property] of Object.entries(modelProperties)) addMember(name, member, property);
    if (additionalProperties !== undefined) draft.others = referenceTo(additionalProperties, name, '');
    if (polymorphicDiscriminator !== undefined && uberParent === name) {
      const cases: Record<string, string> = {};
      for (const [key, variant] of Object.entries(mappers.discriminators ?? {})) {
        const className = variant.type.className;
        if (!key.startsWith(`${name}.`) || className === undefined) continue;
        cases[key.slice(name.length + 1)] = className;
        addModel(className);
      }
      draft.variants = { by: polymorphicDiscriminator.serializedName, cases };
    }
  }

  /** `properties.x` of a flattened model is member `x` of an object of its own, `Model/properties`. */
  function addMember(model: string, member: string, mapper: Mapper): void {
    const path = (mapper.serializedName ?? member).split(/(?<!\\)\./).map((part) => part.replaceAll('\\.', '.'));
    let owner = model;
    for (const step of path.slice(0, -1)) {
      const inner = `${owner}/${step}`;
      (objects[owner] as DraftObject).properties[step] ??= `#${inner}`;
      objects[inner] ??= { properties: {} };
      owner = inner;
    }
    const name = path.at(-1) as string;
    (objects[owner] as DraftObject).properties[name] = propertyOf(mapper, model, member);
  }

  function propertyOf(mapper: Mapper, model: string, member: string): WireProperty {
    const flags = `${mapper.required ? 'r' : ''}${mapper.readOnly ? 'o' : ''}`;
    const type = mapper.readOnly && isDeep(mapper) ? 'any' : referenceTo(mapper, model, member);
    const limits = limitsOf(mapper.constraints);
    if (Object.keys(limits).length > 0) return [type, flags, limits];
    return flags === '' ? type : [type, flags];
  }

  function referenceTo(mapper: Mapper, model: string, member: string): TypeReference {
    const { name, className, element, value, allowedValues } = mapper.type;
    if (mapper.isConstant === true) return enumReference(`${model}.${member}`, [String(mapper.defaultValue)], false);
    if (name === 'Composite') {
      if (className === undefined) return 'any';
      addModel(className);
      return `#${className}`;
    }
    if (name === 'Sequence') return `[${element === undefined ? 'any' : referenceTo(element, model, member)}`;
    if (name === 'Dictionary') return `{${value === undefined ? 'any' : referenceTo(value, model, '')}`;
    const declared = declarations.enumOf(model, member);
    if (declared !== undefined) return enumReference(declared.name, declarations.values(declared.name), declared.open);
    if (name === 'Enum') return enumReference(`${model}.${member}`, (allowedValues ?? []).map(String), false);
    const simple = simpleTypes[name];
    if (simple === undefined) throw new Error(`${model}.${member}: no wire type for ${name}`);
    return simple;
  }

  function enumReference(name: string, values: readonly string[], open: boolean): TypeReference {
    enums[name] = { values, open };
    return `=${name}`;
  }
}

const isDeep = (mapper: Mapper): boolean => ['Composite', 'Sequence', 'Dictionary'].includes(mapper.type.name);

function limitsOf(constraints: Readonly<Record<string, unknown>> = {}): Limits {
  const { InclusiveMinimum, InclusiveMaximum, MinLength, MaxLength, Pattern } = constraints;
  return {
    ...(typeof InclusiveMinimum === 'number' ? { min: InclusiveMinimum } : {}),
    ...(typeof InclusiveMaximum === 'number' ? { max: InclusiveMaximum } : {}),
    ...(typeof MinLength === 'number' ? { minLength: MinLength } : {}),
    ...(typeof MaxLength === 'number' ? { maxLength: MaxLength } : {}),
    ...(Pattern instanceof RegExp ? { pattern: Pattern.source } : {}),
  };
}
