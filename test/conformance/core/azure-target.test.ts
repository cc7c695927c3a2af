import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { bin, root, startLocalAzure } from '../local-azure-process.ts';

/**
 * `deploy --target azure`, the way that real Azure takes: a login at an authority, tokens, HTTPS to an endpoint that is not this
 * process. The endpoint is local Azure, told by the variables that azapi reads too.
 */
test('a landing zone goes to an ARM endpoint elsewhere, with a service principal from the environment', async () => {
  const spec = path.join(root, 'landing-zone.yaml');
  const azure = await startLocalAzure({ spec });
  const work = mkdtempSync(path.join(tmpdir(), 'target-'));
  try {
    const run = (secret: string, stage: string) =>
      spawnSync(
        process.execPath,
        [bin, 'deploy', '--target', 'azure', '--auth', 'env', '--spec', spec, '--stage', stage, '-o', 'json'],
        {
          cwd: work,
          encoding: 'utf8',
          env: {
            PATH: process.env.PATH,
            NODE_EXTRA_CA_CERTS: azure.ca,
            ARM_RESOURCE_MANAGER_ENDPOINT: azure.endpoint,
            ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST: azure.endpoint,
            AZURE_TENANT_ID: parse(readFileSync(spec, 'utf8')).azure.tenantId,
            AZURE_CLIENT_ID: '11111111-2222-4333-8444-555555555555',
            AZURE_CLIENT_SECRET: secret,
          },
        },
      );
    const secret = 'a-secret-that-must-not-be-seen';
    // From outside, the stages that run from anywhere: the vaults of the others have no address here.
    expect(run(secret, 'subscription').status).toBe(0);
    const deployed = run(secret, 'hub');
    expect(deployed.status, deployed.stderr).toBe(0);
    const { stages, auditLog } = JSON.parse(deployed.stdout) as { stages: { status: string }[]; auditLog: string };
    expect(stages.map((stage) => stage.status)).toEqual(['succeeded']);
    const log = readFileSync(auditLog, 'utf8');
    expect(JSON.parse(log.split('\n')[0] ?? '').who).toMatchObject({
      principal: '11111111-2222-4333-8444-555555555555',
      kind: 'service-principal',
    });
    for (const text of [log, deployed.stdout, deployed.stderr]) expect(text).not.toContain(secret);
  } finally {
    await azure.stop();
    rmSync(work, { recursive: true, force: true });
  }
});
