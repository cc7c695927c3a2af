import { type JsonSchema, specJsonSchema } from './json-schema.ts';
import type { Path } from './path.ts';

let whole: JsonSchema | undefined;

function schemaAt(path: Path): JsonSchema | undefined {
  whole ??= specJsonSchema();
  let here: JsonSchema | undefined = whole;
  for (const step of path) {
    here = typeof step === 'number' ? here?.items : here?.properties?.[step];
  }
  return here;
}

/** The keys that the schema knows at a path; none where keys are the user's own. */
export function keysAt(path: Path): readonly string[] {
  return Object.keys(schemaAt(path)?.properties ?? {});
}

/** What the schema says about a value. */
export function descriptionAt(path: Path): string | undefined {
  return schemaAt(path)?.description;
}
