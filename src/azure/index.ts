/** The wire to Azure. */
export {
  type ArmClient,
  type ArmClientOptions,
  type ArmResponse,
  createArmClient,
  type RequestOptions,
} from './arm-client.ts';
export { ArmRequestError } from './arm-request-error.ts';
export { type ClientSecretOptions, clientSecretCredential } from './client-secret-credential.ts';
export { type Cloud, type CloudName, cloudNames, clouds } from './clouds.ts';
export { type AuthName, authNames, credentialFor } from './credential-for.ts';
export {
  createDeployment,
  type DeploymentCount,
  type DeploymentRecord,
  type DeploymentRequest,
  type FollowOptions,
  findDeployment,
  outputsOf,
  validateDeployment,
  waitWhileActive,
} from './deployments.ts';
export { inProcessHttpClient } from './in-process.ts';
export type { RetryOptions } from './retry.ts';
