import type { TrafficText } from '../../model/intent.ts';

const lastPort = 65535;

/** Every port but those given, as the runs between them. */
export function portsBut(ports: readonly number[]): readonly string[] {
  const sorted = [...new Set(ports)].sort((a, b) => a - b);
  const runs: string[] = [];
  let from = 0;
  for (const port of [...sorted, lastPort + 1]) {
    if (port > from) runs.push(from === port - 1 ? `${from}` : `${from}-${port - 1}`);
    from = port + 1;
  }
  return runs;
}

/** All traffic but TCP to some ports. */
export function everythingButTcp(...ports: readonly number[]): readonly TrafficText[] {
  return [{ protocol: 'tcp', ports: portsBut(ports) }, { protocol: 'udp' }, { protocol: 'icmp' }];
}
