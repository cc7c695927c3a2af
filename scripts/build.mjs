// Bundles the CLI and the two libraries (`aks-regulated/arm`, `aks-regulated/reachability`) into dist/, with the libraries' types. Ends with 0 where esbuild is absent, so that a production install (no dev packages) works on
// the dist/ that the package carries. `--if-changed`, for a checkout that only runs: skips when nothing that goes in is newer than what came out,
// and leaves the types out.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const stamp = path.join(dist, '.built');

let esbuild;
try {
  esbuild = await import('esbuild');
} catch {
  process.stderr.write('aks-regulated: esbuild is not installed; dist/ is left as it is.\n');
  process.exit(0);
}

if (process.argv.includes('--if-changed') && existsSync(stamp) && statSync(stamp).mtimeMs > newest()) process.exit(0);

// Kept in memory until all of it is there: a build that fails leaves the last one in place.
const built = await esbuild.build({
  write: false,
  absWorkingDir: root,
  entryPoints: { bin: 'src/bin.ts', 'lib/arm': 'src/arm/index.ts', 'lib/reachability': 'src/reachability/index.ts' },
  outdir: 'dist',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: 'chunks/[name]-[hash]',
  // lmdb finds its prebuilt binary beside its own files; the Azure and X.509 packages stay whole and are imported when first used.
  external: ['lmdb', '@azure/*', '@peculiar/*'],
  // Some bundled packages are CommonJS and call require().
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
  },
  define: { 'process.env.NODE_ENV': '"production"' },
  legalComments: 'linked',
  logLevel: 'warning',
});
rmSync(dist, { recursive: true, force: true });
for (const file of built.outputFiles) {
  mkdirSync(path.dirname(file.path), { recursive: true });
  writeFileSync(file.path, file.contents, { mode: file.path === path.join(dist, 'bin.js') ? 0o755 : 0o644 });
}
if (!process.argv.includes('--if-changed')) emitTypes();
writeFileSync(stamp, `${new Date().toISOString()}\n`);

/** Declarations of the libraries, with what they refer to, below dist/types/. */
function emitTypes() {
  const compiler = path.join(root, 'node_modules', 'typescript7', 'bin', 'tsc');
  const types = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.types.json'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (types.status !== 0) process.exit(types.status ?? 1);
}

function newest() {
  let latest = Math.max(
    ...['package-lock.json', 'scripts/build.mjs'].map((file) => statSync(path.join(root, file)).mtimeMs),
  );
  for (const entry of readdirSync(path.join(root, 'src'), { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) latest = Math.max(latest, statSync(path.join(entry.parentPath, entry.name)).mtimeMs);
  }
  return latest;
}
