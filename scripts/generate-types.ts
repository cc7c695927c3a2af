import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readText, writeTextAtomically } from '../src/kernel/files.ts';
import type { TypeData } from '../src/local-azure/types/wire-types.ts';
import { readDeclarations } from './types/declarations.ts';
import { type MapperModule, readMappers } from './types/mappers.ts';
import { type Supplement, type TypePackage, typePackages } from './types/packages.ts';

// Writes src/local-azure/types/data/*.generated.json from Microsoft's packages: `npx tsx scripts/generate-types.ts`.
// With --check it writes nothing and ends with 1 where a file differs.

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const check = process.argv.includes('--check');
let stale = 0;

for (const typePackage of typePackages) {
  const target = path.join(root, 'src/local-azure/types/data', typePackage.output);
  const text = render(await typeDataOf(typePackage));
  if (check) {
    if (readText(target) === text) continue;
    stale += 1;
    process.stderr.write(
      `${typePackage.output} is not what ${typePackage.name} gives: run scripts/generate-types.ts\n`,
    );
  } else {
    writeTextAtomically(target, text);
    process.stderr.write(`${typePackage.output}: ${text.length} bytes\n`);
  }
}
process.exitCode = stale === 0 ? 0 : 1;

async function typeDataOf(typePackage: TypePackage): Promise<TypeData> {
  const folder = path.join(root, 'node_modules', typePackage.name);
  const manifest = JSON.parse(readText(path.join(folder, 'package.json'))) as { version: string; license: string };
  const mappers = (await import(pathToFileURL(path.join(folder, typePackage.mappers)).href)) as MapperModule;
  const declarations = readDeclarations(readText(path.join(folder, typePackage.declarations)));
  const shapes = readMappers(mappers, declarations, Object.values(typePackage.types));
  return {
    provenance: {
      package: typePackage.name,
      version: manifest.version,
      license: manifest.license,
      apiVersion: typePackage.apiVersion,
      supplements: typePackage.supplement?.sources ?? [],
    },
    types: Object.fromEntries(
      Object.entries(typePackage.types).map(([type, model]) => [type.toLowerCase(), model] as const),
    ),
    ...supplemented(shapes, typePackage.supplement),
  };
}

function supplemented(
  shapes: Pick<TypeData, 'objects' | 'enums'>,
  supplement: Supplement | undefined,
): Pick<TypeData, 'objects' | 'enums'> {
  const objects = { ...shapes.objects };
  for (const [name, properties] of Object.entries(supplement?.objects ?? {})) {
    const known = objects[name] ?? { properties: {} };
    objects[name] = { ...known, properties: { ...known.properties, ...properties } };
  }
  return { objects, enums: { ...shapes.enums, ...supplement?.enums } };
}

/** JSON with one type, object or enum a line: compact, and a change shows as a line. */
function render(data: TypeData): string {
  const section = (record: Readonly<Record<string, unknown>>): string => {
    const lines = Object.keys(record)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${JSON.stringify(record[key])}`);
    return `{\n${lines.join(',\n')}\n}`;
  };
  const parts = [
    `"provenance":${JSON.stringify(data.provenance)}`,
    `"types":${section(data.types)}`,
    `"objects":${section(data.objects)}`,
    `"enums":${section(data.enums)}`,
  ];
  return `{\n${parts.join(',\n')}\n}\n`;
}
