import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Arith, type Bool, type Context, init } from 'z3-solver';
import { analyze, type PacketSet, prepare } from '../../src/reachability/index.ts';
import { runsOf } from '../../src/reachability/intervals.ts';
import { part } from '../../src/reachability/packets.ts';
import { readNetwork } from '../../src/verify/index.ts';
import { intentQuestion } from '../../src/verify/verify-intents.ts';
import { nsg, stateOf, vnet } from './arm-shapes.ts';
import { type Random, randomFrom } from './random-zones.ts';

/**
 * A fourth referee: Z3 proves, for random pairs of security groups, that no packet exists about which the rules as a formula (first match by
 * priority, then the platform's) and the packet sets of the verifier differ. A sample can miss one packet in 2^80; this cannot.
 */
const [from, to] = ['10.0.0.0/24', '10.0.1.0/24'] as const;
const prefixes = [
  '*',
  '10.0.0.0/16',
  '10.0.0.0/25',
  '10.0.0.64/26',
  '10.0.1.0/24',
  '10.0.1.128/25',
  '10.0.1.7/32',
  'VirtualNetwork',
  'Internet',
];
const portRanges = ['*', '443', '80', '1000-2000', '1500-65535', '0-1023', '22'];
const protocols = ['*', 'Tcp', 'Udp'];
const numbers: Readonly<Record<string, number>> = { Tcp: 6, Udp: 17 };

let z3: Awaited<ReturnType<typeof init>>;
beforeAll(async () => {
  z3 = await init();
}, 60_000);

/** Threads of WebAssembly may wait for each other for ever: what has no answer after ten seconds is asked once more, of a new Z3. */
async function answered<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; tries < 5; tries++) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), 10_000);
    });
    const answer = await Promise.race([ask().then((value) => ({ value })), late]);
    clearTimeout(timer);
    if (answer !== undefined) return answer.value;
    z3.em.PThread.terminateAllThreads();
    z3 = await init();
  }
  throw new Error('Z3 gave no answer in five tries.');
}
afterAll(() => z3.em.PThread.terminateAllThreads());

const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;

interface RuleText {
  readonly name: string;
  readonly priority: number;
  readonly direction: 'In' | 'Out';
  readonly access: 'Allow' | 'Deny';
  readonly protocol: string;
  readonly from: string;
  readonly to: string;
  readonly ports: string;
}

function randomRules(random: Random, direction: RuleText['direction']): readonly RuleText[] {
  return Array.from({ length: 1 + Math.floor(random() * 8) }, (_, index) => ({
    name: `${direction}${index}`,
    priority: 100 + Math.floor(random() * 30) * 100 + index,
    direction,
    access: random() < 0.5 ? 'Allow' : 'Deny',
    protocol: pick(random, protocols),
    from: pick(random, prefixes),
    to: pick(random, prefixes),
    ports: pick(random, portRanges),
  }));
}

interface Packet<Name extends string> {
  readonly source: Arith<Name>;
  readonly destination: Arith<Name>;
  readonly protocol: Arith<Name>;
  readonly port: Arith<Name>;
}

/** The rules as Azure documents them: the first that matches decides; then VirtualNetwork may speak to itself. */
function asFormula<Name extends string>(
  ctx: Context<Name>,
  rules: readonly RuleText[],
  packet: Packet<Name>,
): Bool<Name> {
  const within = (value: Arith<Name>, first: number, last: number): Bool<Name> =>
    ctx.And(value.ge(first), value.le(last));
  const address = (value: Arith<Name>, prefix: string): Bool<Name> => {
    if (prefix === '*') return ctx.Bool.val(true);
    // Both subnets lie in the network, and nothing of it is on the Internet.
    if (prefix === 'VirtualNetwork') return ctx.Bool.val(true);
    if (prefix === 'Internet') return ctx.Bool.val(false);
    const [text = '', bits = '32'] = prefix.split('/');
    const base = text.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
    return within(value, base, base + 2 ** (32 - Number(bits)) - 1);
  };
  const ports = (value: Arith<Name>, range: string): Bool<Name> => {
    if (range === '*') return ctx.Bool.val(true);
    const [first = '', last = first] = range.split('-');
    return within(value, Number(first), Number(last));
  };
  return [...rules]
    .sort((a, b) => b.priority - a.priority)
    .reduce<Bool<Name>>((rest, rule) => {
      const matches = ctx.And(
        rule.protocol === '*' ? ctx.Bool.val(true) : packet.protocol.eq(numbers[rule.protocol] ?? -1),
        address(packet.source, rule.from),
        address(packet.destination, rule.to),
        ports(packet.port, rule.ports),
      );
      return ctx.If(matches, ctx.Bool.val(rule.access === 'Allow'), rest) as Bool<Name>;
    }, ctx.Bool.val(true));
}

function asBoxes<Name extends string>(ctx: Context<Name>, set: PacketSet, packet: Packet<Name>): Bool<Name> {
  const dimensions = {
    source: packet.source,
    destination: packet.destination,
    protocol: packet.protocol,
    destinationPort: packet.port,
  };
  const boxes = set.map((box) =>
    ctx.And(
      ...Object.entries(dimensions).map(([name, value]) =>
        ctx.Or(
          ...[...runsOf(part(box, name as keyof typeof dimensions))].map(([first, end]) =>
            ctx.And(value.ge(first), value.lt(end)),
          ),
        ),
      ),
    ),
  );
  return boxes.length === 0 ? ctx.Bool.val(false) : ctx.Or(...boxes);
}

const groupOf = (name: string, rules: readonly RuleText[]) =>
  nsg(
    name,
    rules.map(
      (one) => [one.name, one.priority, one.direction, one.access, one.protocol, one.from, one.to, one.ports] as const,
    ),
  );

/** What the verifier says gets from one subnet to the other. */
function allowedBy(out: readonly RuleText[], into: readonly RuleText[]): PacketSet {
  const { model } = readNetwork(
    stateOf([
      vnet(
        'v',
        ['10.0.0.0/16'],
        [
          { name: 'a', prefix: from, nsg: 'out' },
          { name: 'b', prefix: to, nsg: 'in' },
        ],
      ),
      groupOf('out', out),
      groupOf('in', into),
    ]),
  );
  const traffic = [
    { protocol: 'tcp', ports: ['0-65535'] },
    { protocol: 'udp', ports: ['0-65535'] },
  ] as const;
  const question = intentQuestion(
    { id: 'q', statement: '', expect: 'allowed', from: [from], to: [to], traffic, controls: [] },
    model,
  );
  return analyze(prepare(model, [question]), question).allowed;
}

async function counterexample(
  out: readonly RuleText[],
  into: readonly RuleText[],
  engine: PacketSet,
): Promise<string | undefined> {
  const ctx = z3.Context('main');
  const packet: Packet<'main'> = {
    source: ctx.Int.const('source'),
    destination: ctx.Int.const('destination'),
    protocol: ctx.Int.const('protocol'),
    port: ctx.Int.const('port'),
  };
  const solver = new ctx.Solver();
  const base = 10 * 2 ** 24;
  solver.add(
    packet.source.ge(base),
    packet.source.lt(base + 256),
    packet.destination.ge(base + 256),
    packet.destination.lt(base + 512),
    ctx.Or(packet.protocol.eq(6), packet.protocol.eq(17)),
    packet.port.ge(0),
    packet.port.le(65535),
  );
  const byRules = ctx.And(asFormula(ctx, out, packet), asFormula(ctx, into, packet));
  solver.add(ctx.Xor(byRules, asBoxes(ctx, engine, packet)));
  const answer = await solver.check();
  if (answer === 'unsat') return undefined;
  return answer === 'sat' ? solver.model().toString() : answer;
}

test('for 60 random pairs of security groups there is no packet that the rules and the packet sets judge differently', async () => {
  const random = randomFrom(1201);
  for (let n = 0; n < 60; n++) {
    const [out, into] = [randomRules(random, 'Out'), randomRules(random, 'In')];
    const found = await answered(() => counterexample(out, into, allowedBy(out, into)));
    expect(found, JSON.stringify([out, into])).toBeUndefined();
  }
}, 120_000);

test('a verifier that forgets a rule is caught, with the packet', async () => {
  const random = randomFrom(77);
  let caught = 0;
  for (let n = 0; n < 40; n++) {
    const [out, into] = [randomRules(random, 'Out'), randomRules(random, 'In')];
    const found = await answered(() => counterexample(out, into, allowedBy(out.slice(1), into)));
    if (found !== undefined) {
      caught++;
      expect(found).toContain('port');
    }
  }
  // Some rules decide about nothing.
  expect(caught).toBeGreaterThan(5);
}, 60_000);
