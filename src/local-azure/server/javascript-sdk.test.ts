import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { subscriptionId, tenantId, tinyCloud } from '../fixtures/tiny-cloud.ts';
import { serve } from './index.ts';

test('@azure/identity and @azure/arm-resources work unmodified: log in, make a group, deploy, list, delete', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sdk-'));
  const server = await serve(tinyCloud().azure, { folder });
  try {
    const script = fileURLToPath(new URL('../fixtures/sdk-client.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', script, server.endpoint, tenantId, subscriptionId],
      { env: { ...process.env, NODE_EXTRA_CA_CERTS: server.caFile } },
    );
    expect(JSON.parse(stdout)).toEqual({
      state: 'Succeeded',
      serial: expect.stringMatching(/^[0-9a-f-]{36}$/),
      resources: [{ name: 'b', type: 'Contoso.Test/boxes' }],
      failure: 'ResourceGroupNotFound',
      isThere: false,
    });
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
