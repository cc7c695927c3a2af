import type { Service, ServicePort } from '../../reachability/index.ts';
import { fields, items, text } from '../arm-view.ts';
import type { ObjectView } from './object-view.ts';
import { protocolNumber } from './read-ports.ts';
import { equalities } from './read-selector.ts';

/** Services, with what they translate. */
export function readServices(view: ObjectView, assume: (assumption: string) => void): readonly Service[] {
  const rewriting: string[] = [];
  const services = view.of('', 'Service').map((object): Service => {
    const { spec, namespace, name } = object;
    const type = text(spec.type) ?? 'ClusterIP';
    const kind =
      type === 'ExternalName'
        ? 'ExternalName'
        : spec.clusterIP === 'None'
          ? 'headless'
          : type === 'LoadBalancer' || type === 'NodePort'
            ? type
            : 'ClusterIP';
    const externalName = text(spec.externalName);
    const externalTrafficPolicy = text(spec.externalTrafficPolicy) === 'Local' ? 'Local' : 'Cluster';
    if ((kind === 'LoadBalancer' || kind === 'NodePort') && externalTrafficPolicy === 'Cluster')
      rewriting.push(`${namespace}/${name}`);
    const selector = equalities(spec.selector);
    return {
      namespace,
      name,
      kind,
      ...(externalName === undefined ? {} : { externalName: externalName.toLowerCase() }),
      selector: selector.length === 0 ? undefined : selector,
      ports: items(spec.ports).flatMap((item): readonly ServicePort[] => {
        const port = fields(item);
        const number = Number(port.port);
        const protocol = protocolNumber(text(port.protocol) ?? 'TCP');
        if (!Number.isInteger(number) || protocol === undefined) return [];
        const target = port.targetPort;
        const portName = text(port.name);
        return [
          {
            protocol,
            port: number,
            target:
              typeof target === 'number'
                ? target
                : typeof target === 'string' && target !== ''
                  ? numberOrName(target)
                  : number,
            ...(portName === undefined ? {} : { name: portName }),
          },
        ];
      }),
      externalTrafficPolicy,
    };
  });
  if (rewriting.length > 0) {
    assume(
      `externalTrafficPolicy Cluster of ${rewriting.slice(0, 5).join(', ')}${rewriting.length > 5 ? ` and ${rewriting.length - 5} more` : ''} may turn the source of what comes from outside into a node's address: policies by address then see the node (statements 26, 93).`,
    );
  }
  return services;
}

function numberOrName(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}
