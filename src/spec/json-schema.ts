import * as z from 'zod';
import { landingZoneSchema } from './schema.ts';

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
  const { $schema, ...rest } = z.toJSONSchema(landingZoneSchema, { target: 'draft-7', io: 'input' });
  return {
    $schema,
    title: 'landing-zone.yaml of aks-regulated',
    description: 'A regulated AKS landing zone: what the user chooses; everything else is derived.',
    ...rest,
  } as JsonSchema;
}
