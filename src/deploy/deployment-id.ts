import { canonicalJson } from '../kernel/canonical-json.ts';
import { sha256 } from '../kernel/hash.ts';
import type { ReadDeployment } from '../synth/read.ts';

/** The id of the subscription or resource group that a deployment goes to. */
export function scopeIdOf({ scope }: Pick<ReadDeployment, 'scope'>): string {
  const subscription = `/subscriptions/${scope.subscriptionId}`;
  return scope.kind === 'subscription' ? subscription : `${subscription}/resourceGroups/${scope.resourceGroup}`;
}

/** The id of the deployment's record at the target. */
export function deploymentId(deployment: Pick<ReadDeployment, 'entry' | 'scope'>): string {
  return `${scopeIdOf(deployment)}/providers/Microsoft.Resources/deployments/${deployment.entry.name}`;
}

/** What the log knows a deployment by: the same digests, the same work. */
export function digestsOf(deployment: Pick<ReadDeployment, 'template' | 'parameters'>): {
  readonly templateDigest: string;
  readonly parametersDigest: string;
} {
  return {
    templateDigest: sha256(deployment.template),
    parametersDigest: sha256(canonicalJson(deployment.parameters)),
  };
}
