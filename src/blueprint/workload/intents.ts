import type { TrafficText } from '../../model/intent.ts';
import type { IntentDraft } from '../draft.ts';
import type { ClusterContext } from '../kubernetes/cluster-context.ts';
import { portsBut } from '../network/traffic.ts';
import { intentsOf, tcp, udpAndTcp } from '../spoke/intents/spoke-intent.ts';
import { nodeSubnets, podSubnets, spokeRefs } from '../spoke/refs.ts';
import { isSampleRole } from './images.ts';
import type { WorkloadService } from './services.ts';

const web = 8080;
/** Certificates and configuration of the mesh (istiod), and where the proxy gives metrics of both. */
const meshControlPlane = 15012;
const metrics = 15020;

const allBut = (tcpPorts: readonly number[], udpPorts: readonly number[] = []): readonly TrafficText[] => [
  { protocol: 'tcp', ports: portsBut(tcpPorts) },
  { protocol: 'udp', ports: portsBut(udpPorts) },
  { protocol: 'icmp' },
];

/**
 * Who reaches each component of the workload, and whom it reaches: over policies, mesh, security groups, routes and firewall at once. Name
 * service, the mesh's control plane, metrics and the ingress run in pods that the platform brings and the state does not hold: that these
 * can be reached is said as `possible`.
 */
export function workloadIntents(of: ClusterContext): readonly IntentDraft[] {
  const { services } = of;
  const { components } = of.context.spec;
  const refs = spokeRefs(of.context, of.cluster);
  const pod = ({ namespace, name }: WorkloadService): string => `pod:${of.folder}/${namespace}/${name}`;
  const named = (names: readonly string[]): readonly string[] =>
    services.filter(({ name }) => names.includes(name)).map(pod);
  // Pods have subnets of their own, or those of their nodes.
  const places = components.podNetwork === 'pod-subnets' ? podSubnets : nodeSubnets;
  const allPods = refs.endpoints(...places);
  const systemPods = refs.endpoints(places[0]);
  const platformPods = refs.subnets.includes(places[1]) ? refs.endpoints(places[1]) : systemPods;
  return services
    .filter(({ name }) => isSampleRole(name))
    .flatMap((service): readonly IntentDraft[] => {
      const { denied, possible } = intentsOf(of);
      const it = service.name;
      const self = [pod(service)];
      const callees = named(service.calls);
      const callers = named(service.calledBy);
      const outside = [...new Set(service.egress.map(({ port }) => port))];
      const control = components.mesh === 'istio' ? [meshControlPlane] : [];
      const drafts = [
        ...(callees.length === 0
          ? []
          : [
              possible(
                'components-call-whom-they-may',
                `${it} can call ${service.calls.join(' and ')} on ${web}, by the requests that the mesh lets through`,
                { from: self, to: callees, traffic: tcp(web) },
                '1.2.5',
              ),
              denied(
                'components-call-on-one-port',
                `${it} reaches ${service.calls.join(' and ')} on no other port`,
                { from: self, to: callees, traffic: allBut([web]) },
                ...['1.2.5', '1.3.2'],
              ),
            ]),
        denied(
          'components-send-to-nobody-else',
          `${it} sends to nothing but ${[...service.calls, 'name service', 'the mesh'].join(', ')}${outside.length === 0 ? '' : ' and the hosts that an allowance names'}`,
          { from: self, to: ['any'], exceptTo: callees, traffic: allBut([53, ...control, ...outside], [53]) },
          ...['1.2.5', '1.3.2', '1.4.4'],
        ),
        denied(
          'components-ask-the-platform-only',
          `${it} sends to the ports of name service and mesh where pods of the platform may run, and nowhere else`,
          {
            from: self,
            to: ['any'],
            exceptTo: allPods,
            traffic: [...udpAndTcp(53), ...control.flatMap((port) => tcp(port))],
          },
          ...['1.2.5', '1.3.2'],
        ),
        ...(outside.length === 0
          ? []
          : [
              denied(
                'components-leave-to-the-internet-only',
                `${it} sends to the ports of its allowances on the Internet, and to nothing inside`,
                { from: self, to: ['any'], exceptTo: ['internet'], traffic: tcp(...outside) },
                ...['1.2.5', '1.3.2', '1.4.4'],
              ),
              possible(
                'components-reach-their-allowances',
                `${it} can reach what its allowances name`,
                { from: self, to: service.egress.flatMap(({ to }) => to), traffic: tcp(...outside) },
                '1.2.5',
              ),
            ]),
        denied(
          'components-are-reached-by-nobody-else',
          `${it} is reached by ${[...service.calledBy, ...(service.isEntrance ? ['the ingress'] : [])].join(', ') || 'nobody'} and by nobody else`,
          { from: ['any'], exceptFrom: [...callers, ...allPods, ...refs.endpoints(...nodeSubnets)], to: self },
          ...['1.2.5', '1.3.1', '1.4.2'],
        ),
        denied(
          'components-are-reached-on-few-ports',
          `Pods reach ${it} on the ports of its service and of its metrics, and on no other`,
          { from: allPods, to: self, traffic: allBut([metrics, web]) },
          ...['1.2.5', '1.3.1'],
        ),
        possible(
          'components-ask-for-names',
          `${it} can ask for names`,
          { from: self, to: systemPods, traffic: udpAndTcp(53) },
          '1.2.5',
        ),
        ...(components.mesh !== 'istio'
          ? []
          : [
              possible(
                'components-ask-the-mesh',
                `${it} can ask the mesh’s control plane`,
                { from: self, to: platformPods, traffic: tcp(meshControlPlane) },
                '1.2.5',
              ),
            ]),
        possible(
          'components-give-metrics',
          `Metrics of ${it} can be read`,
          { from: systemPods, to: self, traffic: tcp(metrics) },
          '10.2.1',
        ),
        ...(service.isEntrance
          ? [
              possible(
                'the-entrance-is-reached-by-the-ingress',
                `The ingress can reach ${it}`,
                { from: platformPods, to: self, traffic: tcp(web) },
                '1.2.5',
              ),
            ]
          : []),
      ];
      return drafts.map((draft) => ({ ...draft, of: `${it}-${of.cluster.name}` }));
    });
}
