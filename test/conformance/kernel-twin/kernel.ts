import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Json } from './arm-json.ts';
import type { Probe } from './prober.ts';
import type { Observation } from './twin.ts';
import type { TwinAnswer, TwinRequest } from './twin-process.ts';

const here = path.dirname(fileURLToPath(import.meta.url));

/** A user, mount and network namespace of its own: no privilege needed, and what is made in it ends with it. */
const unshare = ['-Urnm', 'sh', '-c', 'mount -t tmpfs none /run && mkdir /run/netns && exec "$@"', 'sh'];

/** Why this machine cannot build the twin; undefined where it can. Tried, not assumed. */
export function whyNoKernel(): string | undefined {
  if (process.platform !== 'linux') return `network namespaces are Linux's, and this is ${process.platform}`;
  for (const [program, packageName] of [
    ['nft', 'nftables'],
    ['ip', 'iproute2'],
  ] as const) {
    if (spawnSync(program, ['-V']).error !== undefined)
      return `${program} is missing: apt-get install -y ${packageName}`;
  }
  const trial = 'ip netns add trial && ip netns exec trial nft add table inet trial';
  const tried = spawnSync('unshare', [...unshare, 'sh', '-c', trial], { encoding: 'utf8', timeout: 20_000 });
  if (tried.status === 0) return undefined;
  return `network namespaces cannot be made here (${(tried.error?.message ?? tried.stderr).trim()}); on Ubuntu 24.04: sysctl kernel.apparmor_restrict_unprivileged_userns=0`;
}

/** The kernel of this machine, as one process that builds one twin after another. */
export class Kernel {
  private readonly child: ChildProcess;
  private readonly lines: AsyncIterator<string>;
  private errors = '';

  constructor() {
    const program = path.join(here, 'twin-process.ts');
    this.child = spawn('unshare', [...unshare, process.execPath, '--import', 'tsx', program], {
      cwd: here,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child.stderr?.on('data', (data: Buffer) => {
      this.errors += data.toString();
    });
    const output = this.child.stdout;
    if (output === null) throw new Error('no output');
    this.lines = createInterface({ input: output })[Symbol.asyncIterator]();
  }

  private async ask(request: TwinRequest): Promise<readonly Observation[]> {
    this.child.stdin?.write(`${JSON.stringify(request)}\n`);
    const line = await this.lines.next();
    if (line.done === true) throw new Error(`the twin's process ended: ${this.errors}`);
    const answer = JSON.parse(line.value) as TwinAnswer;
    if ('error' in answer) throw new Error(answer.error);
    return answer.observations;
  }

  async open(resources: readonly Json[], outside: readonly string[], ports: readonly number[]): Promise<void> {
    await this.ask({ do: 'open', resources, outside, ports });
  }

  probe(probes: readonly Probe[], patience: number): Promise<readonly Observation[]> {
    return this.ask({ do: 'probe', probes, patience });
  }

  async close(): Promise<void> {
    await this.ask({ do: 'close' });
  }

  async end(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.stdin?.end();
    await ended;
  }
}
