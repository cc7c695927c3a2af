import type { BuildContext } from '../context.ts';
import { type Built, joined, type PartDraft } from '../draft.ts';
import { type ClusterContext, clusterContexts } from '../kubernetes/cluster-context.ts';
import { placed } from '../kubernetes/object.ts';
import { ingressDecisions } from './decisions.ts';
import { gateway, gatewayOptions, gatewayPolicies } from './istio-gateway.ts';

/** The way into each cluster, behind Application Gateway. */
export function buildIngress(context: BuildContext): PartDraft {
  const { ingress } = context.spec.components;
  const built = ingress === 'istio-gateway' ? clusterContexts(context).map(istioGateway) : [];
  return { name: 'ingress', ...joined(...built), decisions: ingressDecisions, intents: [] };
}

function istioGateway(of: ClusterContext): Built {
  return joined(
    placed(of.folder, 'ingress', ['ingress-by-gateway-api'], gatewayOptions(), gateway(of)),
    placed(of.folder, 'ingress', ['ingress-answers-the-gateway-only'], ...gatewayPolicies(of)),
  );
}
