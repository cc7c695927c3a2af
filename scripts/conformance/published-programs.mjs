import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { cache, makeWhole } from './cache.mjs';
import { installDebian } from './debian.mjs';
import { fail, run } from './process.mjs';

/**
 * A Python program in an environment of its own. Commands carry the environment's path, so it is made where it stays. pip writes the
 * command of the package that was asked for last: a killed install has none, and the next one begins anew.
 */
export function pythonProgram(name, version, program) {
  const folder = path.join(cache, `${name}-${version}`);
  const command = path.join(folder, 'bin', program);
  return {
    program: command,
    isReady: () => existsSync(command),
    install() {
      rmSync(folder, { recursive: true, force: true });
      const clean = { ...process.env, REQUESTS_CA_BUNDLE: undefined };
      if (spawnSync('python3', ['-c', 'import venv, ensurepip']).status !== 0) installDebian('python3', 'python3-venv');
      run('python3', ['-m', 'venv', folder], { env: clean });
      const pip = spawnSync(path.join(folder, 'bin', 'pip'), ['install', '--quiet', `${name}==${version}`], {
        stdio: ['ignore', 'inherit', 'inherit'],
        env: clean,
      });
      if (pip.status !== 0) {
        rmSync(folder, { recursive: true, force: true });
        fail(`pip could not install ${name} ${version}`);
      }
    },
  };
}

/** Node's own binary, as published a package a platform. */
const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;

export function nodeVersion(version) {
  const folder = path.join(cache, `node-${version}`);
  const program = path.join(folder, 'node_modules', nodePackage, 'bin', 'node');
  return {
    program,
    isReady: () => existsSync(program),
    install: () =>
      makeWhole(folder, (part) => {
        const flags = ['--no-save', '--ignore-scripts', '--silent'];
        run('npm', ['install', '--prefix', part, ...flags, `${nodePackage}@${version}`]);
      }),
  };
}
