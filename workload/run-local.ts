import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { expectedMatrix } from './expected-matrix.ts';
import { deploy } from './local/deployment.ts';
import { askIngress, callsOnPage, measureRows } from './local/measure.ts';

/**
 * The workload on this machine: ingress, four services, their sidecars, as processes on loopback.
 *   tsx workload/run-local.ts          runs until Ctrl+C; says how to look at the page
 *   tsx workload/run-local.ts --once   tries every row, prints the table, ends with 1 if a row is not as expected
 */
const { values } = parseArgs({
  options: {
    once: { type: 'boolean', default: false },
    port: { type: 'string', default: '0' },
    manifests: { type: 'string' },
  },
});

const say = (line: string): void => void process.stdout.write(`${line}\n`);
const started = performance.now();
const deployment = await deploy({
  port: Number(values.port),
  ...(values.manifests === undefined ? {} : { manifests: values.manifests }),
});
say(
  `Started in ${Math.round(performance.now() - started)} ms: ingress, 4 services, 4 sidecars, each a process with its own certificate.`,
);
for (const service of Object.values(deployment.services))
  say(`  ${service.name}: up after ${service.started.startMs} ms`);

if (values.once) {
  try {
    process.exitCode = (await tryEverything()) ? 0 : 1;
  } finally {
    await deployment.stop();
  }
} else {
  say(
    `\nThe page: https://${deployment.ingressHost}:${deployment.ingressPort}/ (the certificate's authority lives for this run only)`,
  );
  say(
    `  curl -k --resolve ${deployment.ingressHost}:${deployment.ingressPort}:127.0.0.1 https://${deployment.ingressHost}:${deployment.ingressPort}/`,
  );
  say('Ctrl+C ends it.');
  await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  await deployment.stop();
}

async function tryEverything(): Promise<boolean> {
  const page = await askIngress(deployment);
  const calls = callsOnPage(page.text);
  const passed = calls.filter((call) => call.success).length;
  say(
    `\nOne page load: ${page.status}, ${calls.length} calls, ${passed} succeeded, ${calls.length - passed} failed.\n`,
  );
  const rows = await measureRows(deployment);
  let good = page.status === 200;
  for (const row of expectedMatrix.filter((one) => one.caller !== 'ingress')) {
    const measured = rows.find((one) => one.caller === row.caller && one.target === row.target);
    const asExpected = measured?.success === (row.stoppedBy.length === 0);
    good &&= asExpected;
    const result = measured === undefined ? 'not tried' : measured.success ? 'passed' : 'stopped';
    const pair = `${row.caller} → ${row.target}`.padEnd(42);
    say(`  ${asExpected ? 'ok ' : 'NOT'} ${pair} ${result.padEnd(8)} ${row.stoppedBy.join(', ')}`);
  }
  return good;
}
