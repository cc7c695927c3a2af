import path from 'node:path';
import { build } from 'esbuild';

/** The programs that a bundle can be made of. */
const entries = { service: 'service/main.ts', sidecar: 'sidecar/main.ts' } as const;

/**
 * One JavaScript module that needs nothing but Node. Same source, same bytes: no paths, no times.
 * @returns the text of the module
 */
export async function bundle(program: keyof typeof entries): Promise<string> {
  const result = await build({
    absWorkingDir: import.meta.dirname,
    entryPoints: [entries[program]],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'warning',
    // The YAML package is CommonJS and calls require().
    banner:
      program === 'sidecar'
        ? { js: "import { createRequire as __make } from 'node:module';\nconst require = __make(import.meta.url);" }
        : {},
  });
  const [file] = result.outputFiles;
  if (file === undefined) throw new Error(`${path.basename(entries[program])} gave no bundle.`);
  return file.text;
}
