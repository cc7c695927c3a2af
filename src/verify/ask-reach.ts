import { formatAddress } from '../kernel/address.ts';
import { Problem } from '../kernel/errors.ts';
import type { State } from '../model/state.ts';
import type { Hop } from '../model/witness.ts';
import { type NetworkModel, type Question, type ReachAnswer, reach, type Traffic } from '../reachability/index.ts';
import { chooseView } from './choose-view.ts';
import { parsePorts } from './read-terms.ts';
import { resolveEndpoint } from './resolve-endpoint.ts';
import { checkServicePort } from './resolve-workloads.ts';

/** A question in words. */
export interface ReachQuestion {
  readonly from: string;
  readonly to: string;
  /** `443` or `1000-2000`. @default every port */
  readonly port?: number | string;
  /** @default TCP where a port or a name is given, else every protocol */
  readonly protocol?: 'tcp' | 'udp' | 'icmp';
  /** Host name that the client asks for, where `to` is an address, a tag or `internet`. */
  readonly name?: string;
}

export const protocolNumbers = { tcp: 6, udp: 17, icmp: 1 } as const;

/** Answers one question about a state. Throws a `Problem` for ends that the state does not hold and for a port that is none. */
export function askReach(state: State, question: ReachQuestion): ReachAnswer {
  const { model, assumptions } = chooseView(state, [question.from, question.to]);
  const asked = toQuestion(question, model);
  const answer = reach(model, asked);
  const hop = serviceHop(asked, answer) ?? nameHop(asked, answer);
  return {
    ...answer,
    hops: hop === undefined ? answer.hops : [hop, ...answer.hops],
    assumptions: [...answer.assumptions, ...assumptions],
  };
}

export function toQuestion(question: ReachQuestion, model: NetworkModel): Question {
  const from = resolveEndpoint(question.from, model);
  const to = resolveEndpoint(question.to, model);
  if (from.kind === 'name' || (from.kind === 'tag' && !from.addresses)) {
    throw new Problem({
      code: 'ENDPOINT_NO_SOURCE',
      message: `${question.from} is a host name or a set of them, and packets come from addresses.`,
      hint: 'Name an address, a subnet, a service tag or internet as the source.',
      kind: 'usage',
    });
  }
  const traffic = trafficOf(question);
  checkServicePort(to, traffic?.ports[0]);
  return {
    from: [from],
    to: [to],
    traffic: traffic === undefined ? [] : [traffic],
    ...(question.name === undefined ? {} : { name: question.name.toLowerCase() }),
  };
}

/** The first step towards a service: its address and port become those of a pod behind it (statement 23). */
function serviceHop({ to }: Question, { packet }: ReachAnswer): Hop | undefined {
  const end = to.find((one) => one.kind === 'service');
  if (end?.kind !== 'service' || packet.destinationPort === undefined) return undefined;
  const { service } = end;
  const port = service.ports.find((one) => one.target === packet.destinationPort) ?? service.ports[0];
  if (port === undefined) return undefined;
  const headless = service.kind === 'headless';
  return {
    layer: 'service',
    resource: `Service ${service.namespace}/${service.name}`,
    rule: headless ? '(headless)' : `${port.port} to ${packet.destinationPort}`,
    effect: headless ? 'forward' : 'translate',
    detail: `The destination becomes ${packet.destination}.`,
  };
}

/** The first step towards a private name: who answered, and what (statement 88). */
function nameHop({ to }: Question, { packet }: ReachAnswer): Hop | undefined {
  const end = to.find((one) => one.kind === 'private-name');
  if (end?.kind !== 'private-name') return undefined;
  const answered = end.answers.some((one) => formatAddress(one.family, one.first) === packet.destination);
  return {
    layer: 'dns',
    resource: end.zone.id,
    rule: answered ? `${end.pattern} is ${packet.destination}` : `${end.zone.name} is not seen from there`,
    effect: 'forward',
    detail: answered ? 'The private zone answers.' : 'The public name is asked for.',
  };
}

function trafficOf({ port, protocol, name }: ReachQuestion): Traffic | undefined {
  const ports = port === undefined ? undefined : parsePorts(String(port));
  if (port !== undefined && ports === undefined) {
    throw new Problem({
      code: 'PORT_INVALID',
      message: `${port} is no port or range of ports.`,
      hint: 'Give a number from 0 to 65535, or FIRST-LAST.',
      kind: 'usage',
    });
  }
  if (protocol === 'icmp' && ports !== undefined) {
    throw new Problem({
      code: 'PORT_INVALID',
      message: 'ICMP has no ports.',
      hint: 'Leave out --port.',
      kind: 'usage',
    });
  }
  if (protocol === undefined && ports === undefined && name === undefined) return undefined;
  return { protocols: [protocolNumbers[protocol ?? 'tcp']], ports: ports === undefined ? [] : [ports] };
}
