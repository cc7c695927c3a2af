import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

export interface GitServer {
  /** Where the repository is cloned from. */
  readonly url: string;
  /** The working copy: what is changed here is what `commit` publishes. */
  readonly folder: string;
  /** Publishes the working copy on `main` and returns the commit's hash. */
  commit(message: string): string;
  /** Makes a former commit's content the newest commit. */
  restore(commit: string): string;
  stop(): Promise<void>;
}

/** A git repository behind git's own smart HTTP server (git-http-backend(1)), on loopback; read only for its clients. */
export async function startGitServer(home: string): Promise<GitServer> {
  const folder = path.join(home, 'configuration');
  mkdirSync(folder, { recursive: true });
  const git = (...args: string[]): string => {
    const identity = [
      '-c',
      'user.name=conformance',
      '-c',
      'user.email=conformance@example.org',
      '-c',
      'commit.gpgsign=false',
    ];
    const done = spawnSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr}`);
    return done.stdout.trim();
  };
  git('init', '--quiet', '--initial-branch=main');
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: home,
        GIT_HTTP_EXPORT_ALL: '1',
        REQUEST_METHOD: request.method ?? 'GET',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: request.headers['git-protocol']?.toString() ?? '',
      },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    request.pipe(backend.stdin);
    backend.stdin.on('error', () => undefined);
    const parts: Buffer[] = [];
    backend.stdout.on('data', (part: Buffer) => parts.push(part));
    backend.on('close', () => answer(Buffer.concat(parts), response));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const commit = (message: string): string => {
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '-m', message);
    return git('rev-parse', 'HEAD');
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/configuration/.git`,
    folder,
    commit,
    restore(former) {
      git('rm', '-r', '--quiet', '.');
      git('checkout', former, '--', '.');
      return commit(`As in ${former}`);
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Common Gateway Interface: headers, an empty line, the body (RFC 3875). */
function answer(said: Buffer, response: import('node:http').ServerResponse): void {
  const end = said.indexOf('\r\n\r\n');
  const headers = said
    .subarray(0, end)
    .toString('latin1')
    .split('\r\n')
    .map((line) => line.split(/: (.*)/s).slice(0, 2) as [string, string]);
  const status = headers.find(([name]) => name.toLowerCase() === 'status')?.[1];
  response.writeHead(
    status === undefined ? 200 : Number(status.slice(0, 3)),
    Object.fromEntries(headers.filter(([name]) => name.toLowerCase() !== 'status')),
  );
  response.end(said.subarray(end + 4));
}
