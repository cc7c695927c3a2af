import { spawn } from 'node:child_process';
import { program } from './programs.ts';

export interface Kubectl {
  readonly kubeconfig: string;
  /** Runs kubectl and returns what it says, whatever its exit code; `input` goes to its standard input. */
  (args: readonly string[], input?: string): Promise<KubectlAnswer>;
}

export interface KubectlAnswer {
  readonly status: number;
  readonly output: string;
  /** Errors, and warnings of the API server, which kubectl prints as lines "Warning: ...". */
  readonly errors: string;
}

const patience = 120_000;

export function kubectlFor(kubeconfig: string, folder: string): Kubectl {
  const run = (args: readonly string[], input?: string): Promise<KubectlAnswer> =>
    new Promise((resolve, reject) => {
      const child = spawn(program('kubectl'), [`--kubeconfig=${kubeconfig}`, ...args], {
        cwd: folder,
        // Its cache of the API's groups belongs to this cluster alone.
        env: { PATH: process.env.PATH, HOME: folder },
        timeout: patience,
      });
      let output = '';
      let errors = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        errors += text;
      });
      child.on('error', reject);
      child.on('close', (code) => resolve({ status: code ?? -1, output, errors }));
      child.stdin.on('error', () => undefined);
      child.stdin.end(input ?? '');
    });
  return Object.assign(run, { kubeconfig });
}
