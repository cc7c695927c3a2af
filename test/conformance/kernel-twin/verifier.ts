import { parsePrefix } from '../../../src/kernel/address.ts';
import type { Hop } from '../../../src/model/witness.ts';
import {
  analyze,
  intersectSets,
  type Network,
  type NetworkModel,
  packetPoint,
  prepare,
  type Question,
} from '../../../src/reachability/index.ts';
import { packets } from '../../../src/reachability/packets.ts';
import type { Claim } from './comparison.ts';
import type { Probe } from './prober.ts';

const protocolNumbers = { tcp: 6, udp: 17 } as const;
const everything: Question = {
  from: [{ kind: 'any', text: 'any' }],
  to: [{ kind: 'any', text: 'any' }],
  traffic: [],
};

/** The verifier, asked packet by packet. */
export function verifierFor(model: NetworkModel): (probe: Probe) => readonly Claim[] {
  const network = prepare(model, [everything]);
  return (probe) => claimsOf(network, probe);
}

function claimsOf(network: Network, probe: Probe): readonly Claim[] {
  const range = (text: string) => {
    const parsed = parsePrefix(text);
    if (parsed === undefined) throw new RangeError(text);
    return { range: parsed };
  };
  const point = packetPoint(network, {
    source: range(probe.source),
    destination: range(probe.destination),
    protocol: protocolNumbers[probe.transport],
    destinationPort: probe.port,
  });
  const from = packets({ sourcePort: [probe.sourcePort, probe.sourcePort + 1] });
  const { classes } = analyze(network, everything, intersectSets(point, from));
  const claims = classes.map(({ outcome, hops }) => ({ outcome, decisions: hops.flatMap(decision) }));
  return [...new Map(claims.map((one) => [JSON.stringify(one), one])).values()];
}

/** A hop in the words of the twin: the rules of security groups and of the firewall, those that ARM names. */
function decision({ layer, resource, rule, effect, direction }: Hop): readonly string[] {
  if (direction === 'reply' || rule === '(no network security group)' || rule === '(source translation)') return [];
  const verdict = effect === 'deny' ? 'deny' : 'allow';
  if (layer === 'nsg') return [`${resource.split('/').at(-1)}/${rule} ${verdict}`];
  return layer === 'firewall' ? [`${rule} ${verdict}`] : [];
}
