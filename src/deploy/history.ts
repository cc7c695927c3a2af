import type { AuditEntry } from '../audit/entry.ts';
import type { ReadDeployment } from '../synth/read.ts';
import { digestsOf, scopeIdOf } from './deployment-id.ts';

/** Whether the log's last word on a deployment is that this very work has ended well. */
export function doneBefore(entries: readonly AuditEntry[], deployment: ReadDeployment): boolean {
  const last = entries.findLast((entry) => concerns(entry, deployment) && entry.action !== 'refused');
  const { templateDigest, parametersDigest } = digestsOf(deployment);
  return (
    (last?.action === 'succeeded' || last?.action === 'skipped') &&
    last.templateDigest === templateDigest &&
    last.parametersDigest === parametersDigest
  );
}

/** How long a deployment took the last time that it ended well, in seconds, by the times of the log's entries. */
export function lastDuration(entries: readonly AuditEntry[], deployment: ReadDeployment): number | undefined {
  const end = entries.findLastIndex((entry) => concerns(entry, deployment) && entry.action === 'succeeded');
  const start = entries
    .slice(0, Math.max(0, end))
    .findLast((entry) => concerns(entry, deployment) && entry.action === 'started');
  const last = entries[end];
  return last === undefined || start === undefined
    ? undefined
    : (Date.parse(last.time) - Date.parse(start.time)) / 1000;
}

/** Azure's ids and deployment names know no case. */
function concerns(entry: AuditEntry, deployment: ReadDeployment): boolean {
  return (
    entry.deployment?.toLowerCase() === deployment.entry.name.toLowerCase() &&
    entry.scope?.toLowerCase() === scopeIdOf(deployment).toLowerCase()
  );
}
