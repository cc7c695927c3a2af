import type { BuildContext } from '../context.ts';
import { type Built, joined, type PartDraft } from '../draft.ts';
import { imageOf } from '../images/reference.ts';
import { entranceRoute } from '../ingress/route.ts';
import { type ClusterContext, clusterContexts } from '../kubernetes/cluster-context.ts';
import { placed } from '../kubernetes/object.ts';
import { workloadDecisions } from './decisions.ts';
import { serviceObjects } from './deployment.ts';
import { isSampleRole } from './images.ts';
import { workloadIntents } from './intents.ts';
import { componentAuthorization, componentPolicy, outsideHosts } from './segmentation.ts';

/** The workload of each cluster, and who in it may call whom. */
export function buildWorkloads(context: BuildContext): PartDraft {
  return {
    name: 'workload',
    ...joined(...clusterContexts(context).map(workload)),
    decisions: workloadDecisions,
    intents: clusterContexts(context).flatMap(workloadIntents),
  };
}

function workload(of: ClusterContext): Built {
  const { context, folder, services } = of;
  const { components, organization } = context.spec;
  const image = imageOf(of, 'chain').reference;
  const ours = services.filter(({ name }) => isSampleRole(name));
  return joined(
    placed(
      folder,
      'segmentation',
      ['components-call-as-the-spec-says'],
      ...services.map((one) => componentPolicy(one, services)),
      ...(components.mesh === 'istio' ? services.map((one) => componentAuthorization(one, services)) : []),
    ),
    placed(
      folder,
      'segmentation',
      ['hosts-outside-are-registered-by-allowance'],
      ...(components.mesh === 'istio' ? outsideHosts(services) : []),
    ),
    placed(
      folder,
      'workload',
      ['workload-runs-hardened-in-its-scope'],
      ...ours.flatMap((service) =>
        serviceObjects({ service, all: services, application: organization.application, image }),
      ),
    ),
    ...services
      .filter(({ isEntrance }) => isEntrance && components.ingress === 'istio-gateway')
      .map((one) => placed(folder, 'workload', ['only-the-page-comes-in'], entranceRoute(of, one))),
  );
}
