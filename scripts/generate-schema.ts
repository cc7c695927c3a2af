import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeTextAtomically } from '../src/kernel/files.ts';
import { specDocs } from '../src/spec/docs.ts';
import { specJsonSchema } from '../src/spec/json-schema.ts';

/** Writes what is made of the schema of landing-zone.yaml: the JSON Schema for editors and the reference page. */
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

writeTextAtomically(
  path.join(root, 'schema/landing-zone.schema.json'),
  `${JSON.stringify(specJsonSchema(), undefined, 2)}\n`,
);
writeTextAtomically(path.join(root, 'docs/landing-zone.md'), specDocs());
