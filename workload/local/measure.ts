import * as https from 'node:https';
import type { CallerName, TargetName } from '../expected-matrix.ts';
import { type Call, type CallTree, readCallTree } from '../service/call-tree.ts';
import { type RoleName, roleNames } from '../service/roles.ts';
import type { Deployment } from './deployment.ts';

/** One row as it was tried. */
export interface Measured {
  readonly caller: CallerName;
  readonly target: TargetName;
  readonly success: boolean;
  readonly status: number;
}

/** What the ingress answers to a client outside. */
export interface PageAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Asks the ingress as Application Gateway does: HTTPS, the host's name, its authority checked. */
export function askIngress(
  deployment: Pick<Deployment, 'ingressPort' | 'ingressAuthority' | 'ingressHost'>,
  path = '/',
  method = 'GET',
  host = deployment.ingressHost,
): Promise<PageAnswer> {
  return new Promise((resolve, reject) => {
    const request = https.request({
      host: '127.0.0.1',
      port: deployment.ingressPort,
      servername: deployment.ingressHost,
      ca: deployment.ingressAuthority,
      method,
      path,
      headers: { host },
      agent: false,
    });
    request.on('error', reject);
    request.on('response', (response) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
      response.on('error', reject);
    });
    request.end();
  });
}

/** The calls that a page lists, in its order, from the attributes that it carries for readers like this one. */
export function callsOnPage(page: string): readonly Measured[] {
  const pattern = /data-caller="([^"]*)" data-target="([^"]*)" data-success="(true|false)" data-status="(\d+)"/g;
  return [...page.matchAll(pattern)].map(([, caller, target, success, status]) => ({
    caller: caller as CallerName,
    target: target as TargetName,
    success: success === 'true',
    status: Number(status),
  }));
}

/**
 * Tries the 20 rows between services and to hosts outside, each service by itself: it is asked, from the process beside it, to call
 * everybody once (depth 1). So a row is measured whether or not the chain reaches its caller.
 */
export async function measureRows(deployment: Pick<Deployment, 'applicationPorts'>): Promise<readonly Measured[]> {
  const rows = await Promise.all(
    roleNames.map(async (caller) => {
      const response = await fetch(`http://127.0.0.1:${deployment.applicationPorts[caller]}/URLCaller/depth/1`);
      return rowsOf(caller, readCallTree(await response.text(), 1));
    }),
  );
  return rows.flat();
}

function rowsOf(caller: RoleName, tree: CallTree): readonly Measured[] {
  const row = (target: string, call: Call): Measured => ({
    caller,
    target: target as TargetName,
    success: call.success,
    status: call.statusCode,
  });
  return [
    ...tree.externalDependencies.map((call) => row(new URL(call.uri).hostname, call)),
    ...tree.selfCalled.map((call) => row(new URL(call.uri).hostname.split('.', 1)[0] ?? '', call)),
  ];
}
