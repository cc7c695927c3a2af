import type { PartDraft } from '../draft.ts';

/** Intents about what Azure of 2021 had not: subnets for pods and API servers, containers that drive builds. */
const later: ReadonlySet<string> = new Set([
  'image-builder-egress-by-name-only',
  'image-builder-egress-over-https-only',
  'image-builder-is-not-reached',
  'in-scope-pods-are-reached-by-few',
  'load-balancer-probes-the-api-server',
  'load-balancer-probes-the-api-server-on-one-port',
  'pods-do-not-ask-the-hub',
  'pods-resolve-in-the-cluster',
  'private-endpoints-are-for-this-cluster',
  'service-pods-are-reached-by-the-cluster-only',
]);

/** What proves a decision besides, since its image builds go through a proxy. */
const besides: Readonly<Record<string, readonly string[]>> = {
  'image-builder-drives-builds': ['image-build-machine-takes-ssh-only'],
};

/** A part whose decisions name as proofs only what can be asked of a landing zone of 2021. */
export function withProofsOf2021(part: PartDraft): PartDraft {
  return {
    ...part,
    decisions: part.decisions.map((decision) => ({
      ...decision,
      provedBy: [...decision.provedBy.filter((proof) => !later.has(proof)), ...(besides[decision.id] ?? [])],
    })),
  };
}
