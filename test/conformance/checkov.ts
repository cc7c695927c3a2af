import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** checkov, a second opinion that shares nothing with this project. CONFORMANCE_CHECKOV names its command. */
export const checkov = process.env.CONFORMANCE_CHECKOV ?? 'checkov';

export interface CheckovReport {
  readonly passed: number;
  readonly parsingErrors: number;
  readonly resources: number;
  readonly failed: readonly { readonly check: string; readonly resource: string; readonly file: string }[];
}

/** Checks every file of a framework below a folder, offline. */
export async function runCheckov(framework: 'arm' | 'kubernetes', folder: string): Promise<CheckovReport> {
  const arguments_ = [
    '--framework',
    framework,
    '-d',
    folder,
    '-o',
    'json',
    '--skip-download',
    '--quiet',
    '--soft-fail',
  ];
  const { stdout } = await promisify(execFile)(checkov, arguments_, { maxBuffer: 64 << 20, timeout: 9 * 60_000 });
  const { summary, results } = JSON.parse(stdout) as {
    readonly summary: { readonly passed: number; readonly parsing_errors: number; readonly resource_count: number };
    readonly results: {
      readonly failed_checks: readonly { check_id: string; resource: string; file_path: string }[];
    };
  };
  return {
    passed: summary.passed,
    parsingErrors: summary.parsing_errors,
    resources: summary.resource_count,
    failed: results.failed_checks.map(({ check_id, resource, file_path }) => ({
      check: check_id,
      resource,
      file: file_path,
    })),
  };
}
