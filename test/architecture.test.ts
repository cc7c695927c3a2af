import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { describe, expect, test } from 'vitest';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** What each room may import besides itself, `kernel` and `model` (ARCHITECTURE.md, "The rooms"). */
const mayImport: Readonly<Record<string, readonly string[] | 'all'>> = {
  kernel: [],
  model: [],
  spec: [],
  arm: [],
  kustomize: [],
  blueprint: ['spec', 'arm'],
  synth: ['blueprint', 'arm'],
  azure: [],
  audit: [],
  reachability: [],
  verify: ['reachability', 'arm'],
  'local-azure': ['arm', 'kustomize'],
  supply: ['azure'],
  deploy: ['synth', 'azure', 'audit', 'supply'],
  evidence: ['audit'],
  answers: ['blueprint', 'spec'],
  cli: 'all',
};

/** `node:fs` goes through one door; these may open it. */
const mayUseFiles = [
  'src/spec/load.ts',
  'src/synth/write.ts',
  'src/audit/log.ts',
  'src/audit/log-files.ts',
  'src/local-azure/store/',
  'src/local-azure/server/certificates.ts',
  'src/cli/',
];
const mayUseSockets = ['src/azure/', 'src/local-azure/'];
const socketModules = /^(node:)?(net|tls|http|https|http2|dgram)$/;
const forbiddenNames = /(^|[-/.])(utils?|common|helpers?|misc)([-/.]|$)/;
const maximumLines = 400;
/** Generated data, and tables that are data. */
const isData = /\.generated\.|\/data\/|\/fixtures\/every-type\.ts$/;

const modules = (
  (
    await cruise(['src'], {
      baseDir: root,
      doNotFollow: { path: 'node_modules' },
      tsPreCompilationDeps: true,
      enhancedResolveOptions: {
        extensions: ['.ts', '.js', '.json'],
        exportsFields: ['exports'],
        conditionNames: ['import', 'node'],
      },
    })
  ).output as ICruiseResult
).modules.filter((module) => module.source.startsWith('src/'));

const isTest = (file: string): boolean => /\.test\.ts$|\/test-[^/]+\.ts$|\/fixtures\/|\/referee\.ts$/.test(file);
const roomOf = (file: string): string => file.split('/')[1] ?? '';

function filesBelow(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}

describe('the rooms', () => {
  test('the whole source was read: a tool that sees nothing finds nothing', () => {
    const written = filesBelow('src').filter((file) => file.endsWith('.ts'));
    expect(
      modules
        .filter((module) => module.source.endsWith('.ts'))
        .map((module) => module.source)
        .sort(),
    ).toEqual(written.sort());
    expect(modules.length).toBeGreaterThan(150);
    expect(
      modules
        .flatMap((module) => module.dependencies)
        .filter((one) => one.couldNotResolve)
        .map((one) => one.module),
    ).toEqual([]);
  });

  test('each room is known', () => {
    const rooms = readdirSync(path.join(root, 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(rooms.map((room) => room.name).sort()).toEqual(Object.keys(mayImport).sort());
  });

  test.each(Object.keys(mayImport))('%s imports only what it may', (room) => {
    const allowed = mayImport[room] ?? [];
    const wrong = modules
      .filter((module) => roomOf(module.source) === room && !isTest(module.source))
      .flatMap((module) => module.dependencies.map((one) => `${module.source} -> ${one.resolved}`))
      .filter((edge) => {
        const target = edge.split(' -> ')[1] ?? '';
        if (!target.startsWith('src/')) return false;
        const to = roomOf(target);
        if (
          to === room ||
          (room !== 'kernel' && ['kernel', 'model'].includes(to) && !(room === 'model' && to === 'model'))
        )
          return false;
        return allowed !== 'all' && !allowed.includes(to);
      });
    expect(wrong).toEqual([]);
  });

  test('verify, reachability and local Azure cannot know the answer', () => {
    const forbidden = new Set(['spec', 'blueprint', 'synth', 'deploy']);
    const bySource = new Map(modules.map((module) => [module.source, module]));
    const reached = new Set<string>();
    const visit = (source: string): void => {
      if (reached.has(source)) return;
      reached.add(source);
      for (const one of bySource.get(source)?.dependencies ?? []) visit(one.resolved);
    };
    for (const module of modules) {
      if (['verify', 'reachability', 'local-azure'].includes(roomOf(module.source)) && !isTest(module.source))
        visit(module.source);
    }
    expect([...reached].filter((source) => forbidden.has(roomOf(source)))).toEqual([]);
  });

  test('files are opened only where they may be', () => {
    const wrong = modules
      .filter((module) => !isTest(module.source) && module.source !== 'src/kernel/files.ts')
      .flatMap((module) => module.dependencies.map((one) => ({ source: module.source, to: one.resolved })))
      .filter(
        ({ source, to }) =>
          /^(node:)?fs(\/promises)?$/.test(to) ||
          (to === 'src/kernel/files.ts' && !mayUseFiles.some((start) => source.startsWith(start))),
      );
    expect(wrong).toEqual([]);
  });

  test('sockets are opened only where they may be', () => {
    const wrong = modules
      .filter((module) => !isTest(module.source) && !mayUseSockets.some((start) => module.source.startsWith(start)))
      .filter(
        (module) =>
          module.dependencies.some((one) => socketModules.test(one.resolved)) ||
          (module.source.endsWith('.ts') &&
            /(?<![.\w])fetch\(/.test(readFileSync(path.join(root, module.source), 'utf8'))),
      );
    expect(wrong.map((module) => module.source)).toEqual([]);
  });

  test('the workload stands alone: it imports nothing of the tool, and the tool nothing of it', () => {
    const sources = filesBelow('workload').filter((file) => file.endsWith('.ts'));
    expect(sources.length).toBeGreaterThan(30);
    const outward = sources.filter((file) =>
      /from '(\.\.\/)+(src|test|scripts)\//.test(readFileSync(path.join(root, file), 'utf8')),
    );
    expect(outward).toEqual([]);
    const inward = modules.filter((module) => module.dependencies.some((one) => one.resolved.startsWith('workload/')));
    expect(inward.map((module) => module.source)).toEqual([]);
  });

  test('no module takes part in a cycle', () => {
    expect(
      modules.flatMap((module) =>
        module.dependencies.filter((one) => one.circular).map((one) => `${module.source} -> ${one.resolved}`),
      ),
    ).toEqual([]);
  });
});

describe('the files', () => {
  const code = ['src', 'test', 'scripts', 'bench', 'workload']
    .filter((one) => existsSync(path.join(root, one)))
    .flatMap(filesBelow)
    .filter((file) => /\.(ts|mjs|tsx)$/.test(file));

  test('a file can be read in one sitting', () => {
    const long = code
      .filter((file) => !isData.test(file))
      .map((file) => [file, readFileSync(path.join(root, file), 'utf8').split('\n').length] as const)
      .filter(([, lines]) => lines > maximumLines);
    expect(long).toEqual([]);
  });

  test('names say what is inside', () => {
    expect(code.filter((file) => forbiddenNames.test(file))).toEqual([]);
    expect(code.filter((file) => !/^[a-z0-9./-]+$/.test(file))).toEqual([]);
  });

  test('no lock file or setting names a registry', () => {
    const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
    expect(/"resolved":/.test(lock)).toBe(false);
  });
});
