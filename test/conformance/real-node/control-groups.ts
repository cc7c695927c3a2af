import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Control groups are the machine's, not a namespace's: a node gets a group of its own, which must be there before it starts. */
const home = '/sys/fs/cgroup';

/** Makes a group in each hierarchy: one a controller where the machine has version 1, one where it has version 2. */
export function makeControlGroup(name: string): void {
  for (const hierarchy of hierarchies()) {
    const group = path.join(hierarchy, name);
    mkdirSync(group, { recursive: true });
    // A new group of this controller has no processors and no memory until it is given some.
    for (const file of ['cpuset.cpus', 'cpuset.mems']) {
      const own = path.join(group, file);
      if (existsSync(own) && existsSync(path.join(hierarchy, file)))
        writeFileSync(own, readFileSync(path.join(hierarchy, file)));
    }
  }
}

/** Removes the groups whose name begins so, once no process is in them. */
export function removeControlGroups(prefix: string): void {
  for (const hierarchy of hierarchies()) {
    for (const name of readdirSync(hierarchy)) if (name.startsWith(prefix)) removeTree(path.join(hierarchy, name));
  }
}

function hierarchies(): readonly string[] {
  if (existsSync(path.join(home, 'cgroup.controllers'))) return [home];
  return readdirSync(home, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => path.join(home, name));
}

/** The files in it are the kernel's: only groups can be removed, from the inside out. */
function removeTree(group: string): void {
  for (const entry of readdirSync(group, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(path.join(group, entry.name));
  }
  try {
    rmdirSync(group);
  } catch {
    // A process is still ending in it. It does no harm, and the next run has other names.
  }
}
