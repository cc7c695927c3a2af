import { copyFileSync, cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cache, makeWhole } from './cache.mjs';
import { fail, has, outputOf, run, versionOf } from './process.mjs';

const environment = { ...process.env, GOFLAGS: '-mod=mod -buildvcs=false', CGO_ENABLED: '0', GOTOOLCHAIN: 'local' };

/**
 * A program built from a published Go module, checked against Go's checksum database like any dependency.
 * @param {{ name: string, module: string, version: string, package: string, flags?: string[], go?: string,
 *   folderVersion?: string, sums?: boolean, asks: string[], says: string }} recipe
 * `folderVersion`: the version under which the module's own folders are published, where it is not the same. `sums`: start from the
 * checksums that the authors committed. `asks`, `says`: how the program tells its version, and the text that must be in the answer.
 */
export function goProgram(recipe) {
  const folder = path.join(cache, `${recipe.module.split('/').slice(1).join('-')}-${recipe.version}`);
  const program = path.join(folder, recipe.name);
  return {
    program,
    isReady: () => versionOf(program, recipe.asks).includes(recipe.says),
    install() {
      const part = `${program}.part-${process.pid}`;
      mkdirSync(folder, { recursive: true });
      build(recipe, path.join(folder, `module-${recipe.name}`), part);
      renameSync(part, program);
      const said = versionOf(program, recipe.asks);
      if (!said.includes(recipe.says)) fail(`${program} should say ${recipe.says}, and says: ${said}`);
    },
  };
}

/** Files of a published module, such as the custom resource definitions that lie in it. */
export function goModuleFiles(module, version, files) {
  const target = path.join(cache, `files-${module.replaceAll('/', '-')}-${version}`);
  return {
    program: target,
    isReady: () => existsSync(target),
    install: () => {
      const { Dir: source } = download(module, version);
      makeWhole(target, (part) => {
        for (const file of files) {
          cpSync(path.join(source, file), path.join(part, path.basename(file)), { recursive: true });
          // The module cache is read-only, and so is a copy of it: nobody could delete it.
          run('chmod', ['-R', 'u+w', part]);
        }
      });
    },
  };
}

function build(recipe, workspace, output) {
  if (!has('go')) fail(`${recipe.name} is built with Go ${recipe.go ?? '1.26'} or newer, and there is no go command`);
  const goMod = download(recipe.module, recipe.version);
  rmSync(workspace, { recursive: true, force: true });
  mkdirSync(workspace, { recursive: true });
  const parsed = JSON.parse(outputOf('go', ['mod', 'edit', '-json', goMod.GoMod], { env: environment }));
  const lines = [
    'module conformance',
    `go ${parsed.Go}`,
    ...(parsed.Godebug ?? []).map(({ Key, Value }) => `godebug ${Key}=${Value}`),
    `require ${recipe.module} ${recipe.version}`,
    ...replacements(parsed, recipe.folderVersion ?? recipe.version),
  ];
  writeFileSync(path.join(workspace, 'go.mod'), `${lines.join('\n')}\n`);
  // The sums that the authors committed; the archive that holds them has itself been checked.
  if (recipe.sums) {
    copyFileSync(path.join(goMod.Dir, 'go.sum'), path.join(workspace, 'go.sum'));
    run('chmod', ['u+w', path.join(workspace, 'go.sum')]);
  }
  const flags = ['-trimpath', '-ldflags', ['-s', '-w', ...(recipe.flags ?? [])].join(' ')];
  run('nice', ['-n', '10', 'go', 'build', ...flags, '-o', output, recipe.package], {
    cwd: workspace,
    env: environment,
  });
}

/**
 * Replacements are the main module's alone, so a program's have to be repeated. Those by another published module as they stand; those
 * by a folder that the archive lacks by the module that is published from it.
 */
function replacements(goMod, localVersion) {
  return (goMod.Replace ?? []).map(({ Old, New }) => {
    const from = Old.Version === undefined ? Old.Path : `${Old.Path} ${Old.Version}`;
    return `replace ${from} => ${New.Version === undefined ? `${Old.Path} ${localVersion}` : `${New.Path} ${New.Version}`}`;
  });
}

function download(module, version) {
  return JSON.parse(outputOf('go', ['mod', 'download', '-json', `${module}@${version}`], { env: environment }));
}
