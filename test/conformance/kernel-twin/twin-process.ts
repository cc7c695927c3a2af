import { createInterface } from 'node:readline';
import type { Json } from './arm-json.ts';
import type { Probe } from './prober.ts';
import { type Observation, Twin } from './twin.ts';

/** A request a line on standard input, an answer a line on standard output; the process ends with its input. */
export type TwinRequest =
  | {
      readonly do: 'open';
      readonly resources: readonly Json[];
      readonly outside: readonly string[];
      readonly ports: readonly number[];
    }
  | { readonly do: 'probe'; readonly probes: readonly Probe[]; readonly patience: number }
  | { readonly do: 'close' };

export type TwinAnswer = { readonly observations: readonly Observation[] } | { readonly error: string };

let twin: Twin | undefined;
let opened = 0;

function answer(request: TwinRequest): TwinAnswer {
  switch (request.do) {
    case 'open':
      opened += 1;
      twin = new Twin(request.resources, request.outside, request.ports, `t${opened}-`);
      return { observations: [] };
    case 'probe':
      return { observations: twin?.probe(request.probes, request.patience) ?? [] };
    case 'close':
      twin?.end();
      twin = undefined;
      return { observations: [] };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  let reply: TwinAnswer;
  try {
    reply = answer(JSON.parse(line) as TwinRequest);
  } catch (error) {
    reply = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
