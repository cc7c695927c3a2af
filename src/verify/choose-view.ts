import { Problem } from '../kernel/errors.ts';
import type { State } from '../model/state.ts';
import { type ReadNetwork, readEach } from './read-network.ts';
import { resolveEndpoint } from './resolve-endpoint.ts';

/**
 * The view of a state from the cluster that a question is about: the one that its ends name, else the only one in which they all are. Throws what
 * resolving the ends throws where there is none, and `ENDPOINT_AMBIGUOUS` where several clusters have them.
 */
export function chooseView(state: State, ends: readonly string[]): ReadNetwork {
  const views = readEach(state);
  const [first] = views as [ReadNetwork];
  if (views.length === 1) return first;
  const pods = ends.filter((end) => /^(pod|namespace|service):/.test(end.trim()));
  const prefixed = pods.flatMap((end) => namedCluster(end) ?? []);
  const named = views.filter(({ model }) => prefixed.includes(model.cluster?.name?.toLowerCase() ?? ''));
  const fitting = (named.length > 0 ? named : views).filter(({ model }) => pods.every((end) => holds(model, end)));
  if (pods.length === 0 || fitting.length === 1 || named.length > 0) return fitting[0] ?? named[0] ?? first;
  if (fitting.length === 0) return first;
  const names = fitting.flatMap(({ model }) => model.cluster?.name ?? []);
  throw new Problem({
    code: 'ENDPOINT_AMBIGUOUS',
    message: `${pods.join(' and ')}: ${fitting.length} clusters of this state have that (${names.join(', ')}).`,
    hint: 'Put the cluster before the namespace: pod:CLUSTER/NAMESPACE/NAME.',
    kind: 'usage',
  });
}

/** The cluster that an end names before its namespace, in lower case. */
export function namedCluster(end: string): string | undefined {
  const [, scheme, rest = ''] = /^(pod|namespace|service):(.*)$/s.exec(end.trim()) ?? [];
  const [first, ...more] = rest.split('/');
  return scheme !== undefined && more.length === (scheme === 'namespace' ? 1 : 2) ? first?.toLowerCase() : undefined;
}

function holds(model: ReadNetwork['model'], end: string): boolean {
  try {
    resolveEndpoint(end, model);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
