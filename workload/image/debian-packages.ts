import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** The Debian package that a file belongs to. */
export interface DebianPackage {
  readonly name: string;
  readonly version: string;
  readonly architecture: string;
}

/**
 * Which package of the build machine owns each file, by dpkg's own database. Files that no package owns are left out, as is everything
 * on a machine without dpkg.
 * @param database dpkg's folder, `/var/lib/dpkg` on Debian
 */
export function packagesOf(files: readonly string[], database = '/var/lib/dpkg'): ReadonlyMap<string, DebianPackage> {
  const owners = new Map<string, DebianPackage>();
  const lists = path.join(database, 'info');
  if (!existsSync(lists)) return owners;
  // With a merged /usr the list may name the file without it.
  const wanted = new Map(files.flatMap((file) => [[file, file] as const, [file.replace(/^\/usr/, ''), file] as const]));
  const installed = installedPackages(path.join(database, 'status'));
  for (const list of readdirSync(lists).filter((name) => name.endsWith('.list'))) {
    const [name = '', architecture] = list.slice(0, -'.list'.length).split(':');
    const found = installed.find(
      (one) => one.name === name && (architecture === undefined || one.architecture === architecture),
    );
    if (found === undefined) continue;
    for (const line of readFileSync(path.join(lists, list), 'utf8').split('\n')) {
      const file = wanted.get(line);
      if (file !== undefined) owners.set(file, found);
    }
  }
  return owners;
}

function installedPackages(status: string): readonly DebianPackage[] {
  return readFileSync(status, 'utf8')
    .split('\n\n')
    .flatMap((paragraph) => {
      const field = (name: string): string | undefined => new RegExp(`^${name}: (.+)$`, 'm').exec(paragraph)?.[1];
      const [name, version, architecture] = [field('Package'), field('Version'), field('Architecture')];
      return name === undefined || version === undefined || architecture === undefined
        ? []
        : [{ name, version, architecture }];
    });
}
