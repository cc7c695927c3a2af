import type { State } from '../model/state.ts';
import { allPairs, type ClusterModel, describeTraffic, type EndpointClass, prepare } from '../reachability/index.ts';
import { readNetwork } from './read-network.ts';

/** A row and column of the matrix: ends that no policy tells apart. */
export interface MatrixClass {
  readonly name: string;
  /** `namespace/name` of its workloads; of addresses, prefixes. */
  readonly members: readonly string[];
  readonly kind: EndpointClass['kind'];
}

export interface MatrixAnswer {
  readonly classes: readonly MatrixClass[];
  /** By row (from) and column (to): an index into `verdicts`; -1 between addresses, of which a cluster says nothing. */
  readonly cells: readonly (readonly number[])[];
  /** What gets through, surely and perhaps, a line a class of traffic. */
  readonly verdicts: readonly { readonly surely: readonly string[]; readonly perhaps: readonly string[] }[];
  readonly pairs: number;
  readonly assumptions: readonly string[];
}

/** Every workload and address of a state's cluster to every other, by class, as its policies say. Empty for a state without a cluster. */
export function askMatrix(state: State): MatrixAnswer {
  const { model, assumptions } = readNetwork(state);
  const network = prepare(model, []);
  const { cluster } = network;
  if (cluster === undefined) return { classes: [], cells: [], verdicts: [], pairs: 0, assumptions };
  const matrix = allPairs(cluster);
  const numbers = new Map(matrix.verdicts.map((verdict, index) => [verdict, index]));
  const words = (set: number): readonly string[] => cluster.traffic.boxes(set).map(describeTraffic);
  return {
    classes: matrix.classes.map((one) => matrixClass(cluster.model, one, network.spaces.addresses.describeSet)),
    cells: matrix.classes.map((from) =>
      matrix.classes.map((to) => {
        const verdict = matrix.at(from, to);
        return verdict === undefined ? -1 : (numbers.get(verdict) ?? -1);
      }),
    ),
    verdicts: matrix.verdicts.map(({ allow, deny }) => ({
      surely: words(cluster.traffic.minus(allow, deny)),
      perhaps: words(cluster.traffic.and(allow, deny)),
    })),
    pairs: matrix.pairs,
    assumptions,
  };
}

function matrixClass(
  model: ClusterModel,
  one: EndpointClass,
  describe: (set: readonly number[], most?: number) => string,
): MatrixClass {
  const members =
    one.kind === 'addresses'
      ? [describe(one.coordinates)]
      : one.members.flatMap((position) => {
          const workload = model.workloads[position];
          return workload === undefined ? [] : [`${workload.namespace}/${workload.name}`];
        });
  const more = members.length > 1 ? ` and ${members.length - 1} more` : '';
  return { name: `${members[0] ?? ''}${more}`, members, kind: one.kind };
}
