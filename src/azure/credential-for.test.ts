import { AzureAuthorityHosts } from '@azure/identity';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { clouds } from './clouds.ts';
import { credentialFor } from './credential-for.ts';

describe('the clouds', () => {
  test('have the login services that @azure/identity names', () => {
    expect(clouds.public.authority).toBe(AzureAuthorityHosts.AzurePublicCloud);
    expect(clouds['us-government'].authority).toBe(AzureAuthorityHosts.AzureGovernment);
    expect(clouds.china.authority).toBe(AzureAuthorityHosts.AzureChina);
  });

  /** Azure/azure-sdk-for-js e07b81cc, sdk/commerce/arm-commerce/src/static-helpers/cloudSettingHelpers.ts, `getArmEndpoint`. */
  test('have the endpoints that the Azure SDKs use', () => {
    expect(Object.values(clouds).map(({ azName, endpoint }) => `${azName} ${endpoint}/`)).toEqual([
      'AzureCloud https://management.azure.com/',
      'AzureUSGovernment https://management.usgovcloudapi.net/',
      'AzureChinaCloud https://management.chinacloudapi.cn/',
    ]);
  });
});

describe('a credential that cannot log in', () => {
  beforeEach(() => {
    for (const name of ['AZURE_TENANT_ID', 'AZURE_CLIENT_ID', 'AZURE_CLIENT_SECRET', 'AZURE_FEDERATED_TOKEN_FILE']) {
      vi.stubEnv(name, undefined);
    }
  });
  afterEach(() => void vi.unstubAllEnvs());

  test.each([
    ['env', 'AZURE_TENANT_ID'],
    ['workload', 'AZURE_FEDERATED_TOKEN_FILE'],
  ] as const)('%s says what is missing', async (auth, hint) => {
    const error: unknown = await credentialFor(auth, clouds.public)
      .getToken('https://management.azure.com/.default')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'LOGIN_FAILED', hint: expect.stringContaining(hint) });
  });

  test('az: an az that is not there is named', async () => {
    vi.stubEnv('PATH', '/nowhere');
    await expect(
      credentialFor('az', clouds.public).getToken('https://management.azure.com/.default'),
    ).rejects.toMatchObject({
      code: 'LOGIN_FAILED',
      hint: expect.stringContaining('az login'),
    });
  });

  test('the secret of the environment stands in no message', async () => {
    vi.stubEnv('AZURE_CLIENT_SECRET', 'env-secret-value');
    vi.stubEnv('AZURE_TENANT_ID', 'env-secret-value/not a tenant');
    vi.stubEnv('AZURE_CLIENT_ID', 'c');
    const error: unknown = await credentialFor('env', clouds.public)
      .getToken('https://management.azure.com/.default')
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'LOGIN_FAILED' });
    expect(`${String(error)}${JSON.stringify(error)}`).not.toContain('env-secret-value');
  });
});
