import { main } from '../../src/cli/main.ts';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
  /** The JSON on stdout. */
  json(): Record<string, unknown>;
}

/** Runs one command line in this process, with streams that are kept: a whole-CLI run as a value. */
export async function runCli(folder: string, ...inputs: readonly string[]): Promise<CliResult> {
  return runCliIn({ folder }, ...inputs);
}

export async function runCliIn(
  options: {
    readonly folder: string;
    readonly terminal?: boolean;
    readonly env?: Readonly<Record<string, string>>;
    readonly signal?: AbortSignal;
    /** Told of each text on stdout as it comes. */
    readonly onOut?: (text: string) => void;
  },
  ...inputs: readonly string[]
): Promise<CliResult> {
  let out = '';
  let errors = '';
  const code = await main(inputs, {
    process: {
      stdout: {
        isTTY: options.terminal ?? false,
        columns: 100,
        write: (text) => {
          out += text;
          options.onOut?.(text);
        },
      },
      stderr: {
        isTTY: false,
        columns: 100,
        write: (text) => {
          errors += text;
        },
      },
      env: options.env ?? {},
    },
    folder: options.folder,
    signal: options.signal ?? new AbortController().signal,
    version: '0.0.0-test',
  });
  return { code, out, errors, json: () => JSON.parse(out) };
}
