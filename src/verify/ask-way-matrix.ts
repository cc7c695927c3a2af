import type { State } from '../model/state.ts';
import {
  analyze,
  describeWithoutEnds,
  type Group,
  groupsOf,
  intersectSets,
  isEmpty,
  type PacketSet,
  packets,
  prepare,
  type Question,
  subtractSets,
} from '../reachability/index.ts';
import type { MatrixAnswer } from './ask-matrix.ts';
import { readNetwork } from './read-network.ts';

const any = { kind: 'any', text: 'any' } as const;

/** Lines of traffic that are told of one pair. */
const most = 6;

/**
 * Every place to every place over all layers: subnets and what stands out in them, the internet, and the workloads of the cluster by class. A
 * verdict says what gets through with its reply, surely and perhaps; an empty one, nothing.
 */
export function askWayMatrix(state: State): MatrixAnswer {
  const { model, assumptions } = readNetwork(state);
  const question: Question = { from: [any], to: [any], traffic: [] };
  const network = prepare(model, [question]);
  const analysis = analyze(network, question);
  const classes = groupsOf(network).filter((one) => one.kind !== 'platform');
  const open = intersectSets(analysis.allowed, analysis.denied);
  const sure = subtractSets(analysis.allowed, open);
  const numbers = new Map<string, number>();
  const verdicts: { readonly surely: readonly string[]; readonly perhaps: readonly string[] }[] = [];
  const words = (set: PacketSet): readonly string[] => {
    if (isEmpty(set)) return [];
    const lines = describeWithoutEnds(network, set);
    return lines.length <= most ? lines : [...lines.slice(0, most), `and ${lines.length - most} more`];
  };
  const rows = classes.map((from) => {
    const source = packets({ source: from.addresses });
    const [ofSure, ofOpen] = [intersectSets(sure, source), intersectSets(open, source)];
    return classes.map((to) => {
      const destination = packets({ destination: to.addresses });
      const verdict = {
        surely: words(intersectSets(ofSure, destination)),
        perhaps: words(intersectSets(ofOpen, destination)),
      };
      const key = JSON.stringify(verdict);
      const known = numbers.get(key);
      if (known !== undefined) return known;
      numbers.set(key, verdicts.length);
      verdicts.push(verdict);
      return verdicts.length - 1;
    });
  });
  return {
    classes: classes.map((one) => ({
      name: nameOf(one),
      members: [network.spaces.addresses.describeSet(one.addresses)],
      kind: one.kind === 'pods' ? 'pods' : 'addresses',
    })),
    cells: rows,
    verdicts,
    pairs: classes.length ** 2,
    assumptions: [...new Set([...analysis.assumptions, ...assumptions])],
  };
}

function nameOf(group: Group): string {
  if (group.kind === 'pods') return `pod:${group.name}`;
  return group.kind === 'subnet' ? `subnet:${group.name}` : group.name;
}
