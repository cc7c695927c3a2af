import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

/*
 * The libraries as somebody else has them: a project of its own with this package in node_modules, its code checked by two compilers
 * against the types that the package carries, under the two ways of finding modules that projects use, and run.
 */
// Compilers are slow where others compile too.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const project = mkdtempSync(path.join(tmpdir(), 'aks-regulated-library-'));
const installed = path.join(project, 'node_modules', 'aks-regulated');
const node = (args: readonly string[], cwd: string) => spawnSync(process.execPath, args, { cwd, encoding: 'utf8' });
const compilers = {
  'TypeScript 7': path.join(root, 'node_modules/typescript7/bin/tsc'),
  'TypeScript 6': path.join(root, 'node_modules/typescript/bin/tsc'),
};

const consumer = `
import {
  ArmError, dependencyGraph, expandOffline, expandTemplate, type Expansion, type Expression, functionNames, offlineContext,
  parseExpression, parseResourceId, printExpression, readJson, readParameterFile, type ResourceId, type RuntimeProvider, walkExpression,
} from 'aks-regulated/arm';

const text = \`{ // as Azure reads it
  "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
  "parameters": { "name": { "type": "string" } },
  "resources": [{ "type": "A.B/c", "apiVersion": "1", "name": "[parameters('name')]", "properties": { "v": "[reference('x').a]" } },
                { "type": "A.B/d", "apiVersion": "1", "name": "x" }],
}\`;
const template = readJson(text, 'azuredeploy.json');
const parameters = readParameterFile(readJson('{"name": {"value": "n"}}', 'p.json'));
const offline = expandOffline({ template, parameters });
const ids: readonly string[] = offline.resources.map((resource) => resource.id);
const id: ResourceId | undefined = parseResourceId(ids[0] ?? '');
const cloud: RuntimeProvider = { resource: (of) => ({ id: of, properties: { a: 42 } }), action: () => undefined };
const expansion: Expansion = expandTemplate({ template, parameters, context: offlineContext() });
const order: number = dependencyGraph(expansion).size;
const expression: Expression = parseExpression("[concat('a', 'b')]");
let calls = 0;
walkExpression(expression, (part) => { if (part.kind === 'call') calls += part.args.length; });
let code = '';
try { expandOffline({ template: {} }); } catch (error) { if (error instanceof ArmError) code = error.body.code; }
console.log(JSON.stringify({
  type: id?.type, unresolved: offline.unresolved.map((one) => one.expression), body: expansion.resources[0]?.evaluate(cloud), order, calls,
  printed: printExpression(expression), code, functions: functionNames().length > 100,
}));
`;

beforeAll(async () => {
  mkdirSync(path.join(installed, 'dist'), { recursive: true });
  cpSync(path.join(root, 'package.json'), path.join(installed, 'package.json'));
  const out = path.join(installed, 'dist', 'types');
  const types = node([compilers['TypeScript 7'], '-p', 'tsconfig.types.json', '--outDir', out], root);
  expect(types.stdout).toBe('');
  await build({
    absWorkingDir: root,
    entryPoints: { 'lib/arm': 'src/arm/index.ts', 'lib/reachability': 'src/reachability/index.ts' },
    outdir: path.join(installed, 'dist'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
  });
  writeFileSync(path.join(project, 'package.json'), '{"type": "module"}');
  writeFileSync(path.join(project, 'main.ts'), consumer);
  mkdirSync(path.join(project, 'node_modules', '@types'), { recursive: true });
  symlinkSync(path.join(root, 'node_modules', '@types', 'node'), path.join(project, 'node_modules', '@types', 'node'));
  symlinkSync(path.join(root, 'node_modules', 'undici-types'), path.join(project, 'node_modules', 'undici-types'));
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

const strict = [
  '--strict',
  '--noUncheckedIndexedAccess',
  '--exactOptionalPropertyTypes',
  '--target',
  'es2023',
  '--types',
  'node',
];

test.each([
  ['TypeScript 7', 'nodenext'],
  ['TypeScript 7', 'bundler'],
  ['TypeScript 6', 'nodenext'],
] as const)('%s checks a consumer that finds modules by %s', (compiler, resolution) => {
  const module = resolution === 'nodenext' ? 'nodenext' : 'esnext';
  // Without skipLibCheck: the types of the package themselves have to hold.
  const args = [
    'main.ts',
    ...strict,
    '--module',
    module,
    '--moduleResolution',
    resolution,
    '--outDir',
    `out-${resolution}`,
  ];
  const { stdout, status } = node([compilers[compiler], ...args], project);
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

test('a mistake of a consumer is told by the types', () => {
  writeFileSync(path.join(project, 'wrong.ts'), "import { readJson } from 'aks-regulated/arm';\nreadJson(1, 'f');\n");
  const { stdout } = node(
    [compilers['TypeScript 7'], 'wrong.ts', ...strict, '--module', 'nodenext', '--noEmit'],
    project,
  );
  expect(stdout).toMatch(/wrong\.ts\(2,10\): error TS2345/);
});

test('what was compiled runs', () => {
  const { stdout, stderr } = node(['out-nodenext/main.js'], project);
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual({
    type: 'A.B/c',
    unresolved: ["[reference('x').a]"],
    body: { properties: { v: 42 } },
    order: 2,
    calls: 2,
    printed: "[concat('a', 'b')]",
    code: 'InvalidTemplate',
    functions: true,
  });
});

test('every entry of the package leads to something', () => {
  const { exports } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  };
  const files = Object.values(exports).flatMap((entry) => (typeof entry === 'string' ? [entry] : Object.values(entry)));
  for (const file of files) expect(readFileSync(path.join(installed, file), 'utf8').length, file).toBeGreaterThan(0);
});
