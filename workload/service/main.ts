import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { makeLog } from './log.ts';
import { makeManagementServer } from './management.ts';
import { makeMetrics } from './metrics.ts';
import { makeServer } from './server.ts';
import { readSettings, type Settings, SettingsError } from './settings.ts';

/** Exit code for settings that cannot be used: `EX_CONFIG` of sysexits.h. */
const badSettings = 78;

function settingsOrExit(): Settings {
  try {
    return readSettings(process.argv.slice(2), process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    makeLog('unknown', write)('error', 'bad-settings', { reason: error.message });
    process.exit(badSettings);
  }
}

function write(line: string): void {
  process.stdout.write(line);
}

async function listen(server: Server, port: number, address: string): Promise<number> {
  server.listen(port, address);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

const settings = settingsOrExit();
const log = makeLog(settings.role, write);
const startedSeconds = Date.now() / 1000 - process.uptime();
const metrics = makeMetrics(settings.role, startedSeconds);
let ready = false;

const application = makeServer({ settings, log, metrics });
const management = makeManagementServer({ isReady: () => ready }, metrics);

process.on('uncaughtException', (error) => {
  log('error', 'crashed', { reason: error.message });
  process.exit(1);
});

/**
 * Stops in order: not ready, so that no new requests are sent here; then no new connections; then what is under way ends, or its
 * time is up. A second signal ends at once.
 */
async function stop(signal: string): Promise<void> {
  if (!ready) process.exit(1);
  ready = false;
  log('info', 'stopping', { signal });
  await wait(settings.drainMs);
  const closed = once(application, 'close');
  application.close();
  application.closeIdleConnections();
  const inTime = await Promise.race([closed.then(() => true), wait(settings.shutdownMs).then(() => false)]);
  application.closeAllConnections();
  management.close();
  management.closeAllConnections();
  log(inTime ? 'info' : 'warn', 'stopped', { inTime, seconds: Math.round(process.uptime()) });
  process.exit(0);
}

try {
  const port = await listen(application, settings.port, settings.address);
  const managementPort = await listen(management, settings.managementPort, settings.managementAddress);
  ready = true;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop(signal));
  log('info', 'started', {
    port,
    managementPort,
    pageDepth: settings.pageDepth,
    peers: settings.peers.length,
    externals: settings.externals.length,
    viaSidecar: settings.outboundProxy !== undefined,
    startMs: Math.round(process.uptime() * 1000),
  });
} catch (error) {
  log('error', 'not-listening', { reason: (error as Error).message });
  process.exit(1);
}
