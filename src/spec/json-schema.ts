import * as z from 'zod';
import { landingZoneSchema, sections } from './schema.ts';

/** A JSON Schema, as far as this project reads its own. */
export interface JsonSchema {
  readonly description?: string;
  readonly type?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** JSON Schema (draft-07) of `landing-zone.yaml`: what editors check and complete with, and what the documentation is made of. */
export function specJsonSchema(): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(landingZoneSchema, {
    target: 'draft-7',
    io: 'input',
    // YAML reads 2021 as a number where it has no quotes.
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema !== sections.profile) return;
      jsonSchema.enum = [...(jsonSchema.enum ?? []), 2021];
      delete jsonSchema.type;
    },
  });
  return {
    $schema,
    title: 'landing-zone.yaml of aks-regulated',
    description: 'A regulated AKS landing zone: what the user chooses; everything else is derived.',
    ...rest,
  } as JsonSchema;
}
