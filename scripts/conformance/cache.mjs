import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** What is installed for the tests lies outside the clone, so that a new clone need not install it again. */
export const cache =
  process.env.AKS_REGULATED_CONFORMANCE_CACHE ?? path.join(homedir(), '.cache', 'aks-regulated', 'conformance');

/** Makes a folder that gets its name only when it is whole, so that a killed install is not taken for one. */
export function makeWhole(target, make) {
  const part = `${target}.part-${process.pid}`;
  rmSync(part, { recursive: true, force: true });
  mkdirSync(part, { recursive: true });
  make(part);
  rmSync(target, { recursive: true, force: true });
  renameSync(part, target);
}
