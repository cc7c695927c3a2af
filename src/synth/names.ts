import { Problem } from '../kernel/errors.ts';
import { sha256 } from '../kernel/hash.ts';
import type { Scope } from '../model/scope.ts';

/** What ARM accepts as the name of a deployment (Microsoft.Resources/deployments, `name`), and we as a file name. */
const deploymentName = /^[-\w.()]{1,64}$/;
const longest = 64;

/** Throws `SYNTH_DEPLOYMENT_NAME` for a name that ARM refuses or that is no file name. */
export function checkDeploymentName(name: string): void {
  if (deploymentName.test(name) && !/^\.+$/.test(name)) return;
  throw new Problem({
    code: 'SYNTH_DEPLOYMENT_NAME',
    message: `"${name}" cannot be the name of a deployment: 1 to 64 letters, digits, "-", "_", ".", "(" and ")".`,
  });
}

/** A name for a nested deployment that says where it goes, unique among `taken`, to which it is added. */
export function nestedName(deployment: string, scope: Scope, taken: Set<string>): string {
  const where = scope.kind === 'subscription' ? 'subscription' : scope.name;
  for (let number = 1; ; number++) {
    const name = fitted(`${deployment}-in-${where}${number === 1 ? '' : `-${number}`}`);
    if (taken.has(name.toLowerCase())) continue;
    taken.add(name.toLowerCase());
    return name;
  }
}

function fitted(name: string): string {
  if (name.length <= longest) return name;
  const digest = sha256(name).slice(0, 8);
  return `${name.slice(0, longest - digest.length - 1)}-${digest}`;
}
