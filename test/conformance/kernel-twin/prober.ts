import {
  accept,
  beginConnect,
  boundSocket,
  close,
  closeAbruptly,
  echo,
  listen,
  Poll,
  receive,
  send,
  socketAddress,
  type Transport,
} from './linux.ts';

/** One probe. `sourcePort` is its own: no other flow of the twin has it, so it names the flow wherever the kernel sees it. */
export interface Probe {
  readonly source: string;
  readonly destination: string;
  readonly transport: Transport;
  readonly port: number;
  readonly sourcePort: number;
}

/** Runs something with sockets of the namespace that holds an address. */
export type At = <T>(address: string, work: () => T) => T;

const datagram = 256;
/** Milliseconds after which a run ends though packets still come. */
const longest = 60_000;

/** Servers on every port of every address: TCP ones greet whom they accept, UDP ones echo. */
export class Prober {
  private readonly poll = new Poll();
  private readonly listeners = new Map<number, Transport>();
  private readonly greeting = Buffer.from('!');
  private readonly buffer = Buffer.alloc(datagram);
  private readonly clients = new Map<number, number>();
  private readonly accepted: number[] = [];
  private readonly at: At;

  constructor(addresses: readonly string[], ports: readonly number[], at: At) {
    this.at = at;
    for (const address of addresses) {
      at(address, () => {
        for (const port of ports) {
          for (const transport of ['tcp', 'udp'] as const) {
            const fd = boundSocket(transport, address, port);
            if (transport === 'tcp') listen(fd);
            this.listeners.set(fd, transport);
            this.poll.add(fd);
          }
        }
      });
    }
  }

  /** Sends all probes and waits until nothing has come for `patience` milliseconds; true where data came back. */
  run(probes: readonly Probe[], patience: number): readonly boolean[] {
    const answered = probes.map(() => false);
    const bySource = group(probes);
    let sent = 0;
    for (const [source, indexes] of bySource) {
      this.at(source, () => {
        for (const index of indexes) {
          this.start(probes[index] as Probe, index);
          sent += 1;
          if (sent % 64 === 0) this.serve(answered, 0);
        }
      });
    }
    const deadline = Date.now() + longest;
    while (this.serve(answered, patience) && Date.now() < deadline);
    for (const fd of [...this.clients.keys(), ...this.accepted]) close(fd);
    this.clients.clear();
    this.accepted.length = 0;
    return answered;
  }

  private start(probe: Probe, index: number): void {
    const fd = boundSocket(probe.transport, probe.source, probe.sourcePort);
    if (probe.transport === 'tcp') closeAbruptly(fd);
    if (!beginConnect(fd, socketAddress(probe.destination, probe.port))) {
      close(fd);
      return;
    }
    this.clients.set(fd, index);
    this.poll.add(fd);
    if (probe.transport === 'udp') send(fd, this.greeting);
  }

  /** Handles what is ready; false when nothing came. */
  private serve(answered: boolean[], ms: number): boolean {
    const ready = this.poll.wait(ms);
    for (const fd of ready) {
      const listener = this.listeners.get(fd);
      if (listener === 'udp') while (echo(fd, this.buffer));
      else if (listener === 'tcp') {
        for (let one = accept(fd); one !== undefined; one = accept(fd)) {
          send(one, this.greeting);
          this.accepted.push(one);
        }
      } else {
        const index = this.clients.get(fd);
        if (index !== undefined && receive(fd, this.buffer) > 0) answered[index] = true;
        this.clients.delete(fd);
        close(fd);
      }
    }
    return ready.length > 0;
  }

  end(): void {
    for (const fd of this.listeners.keys()) close(fd);
    this.poll.end();
  }
}

function group(probes: readonly Probe[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  probes.forEach(({ source }, index) => {
    const found = groups.get(source);
    if (found === undefined) groups.set(source, [index]);
    else found.push(index);
  });
  return groups;
}
