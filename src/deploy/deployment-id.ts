import { canonicalJson } from '../kernel/canonical-json.ts';
import { sha256 } from '../kernel/hash.ts';
import type { ReadDeployment } from '../synth/read.ts';

/** The api-version of `Microsoft.Resources/deployments` that deploy speaks. */
export const deploymentsVersion = '2025-04-01';

/** The id of the deployment's record at the target. */
export function deploymentId({ entry }: ReadDeployment): string {
  return `${entry.scope}/providers/Microsoft.Resources/deployments/${entry.name}`;
}

/** What the log says a deployment by: the same digests, the same work. */
export function digestsOf(deployment: ReadDeployment): {
  readonly templateDigest: string;
  readonly parametersDigest: string;
} {
  return {
    templateDigest: sha256(deployment.template),
    parametersDigest: sha256(canonicalJson(deployment.parameters)),
  };
}
