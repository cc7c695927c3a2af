/** Deploying by stage. */
export { type DeployedStage, type DeployOptions, type DeployResult, deploy } from './deploy.ts';
export { deploymentId, digestsOf, scopeIdOf } from './deployment-id.ts';
export { type PlannedStage, planDeployment } from './plan.ts';
export type { DeploymentStatus } from './recorded-run.ts';
export { type DeploymentOutcome, type RunOptions, runDeployment } from './run-deployment.ts';
export { stateDigest } from './state-digest.ts';
