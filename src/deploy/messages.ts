import { defineMessage } from '../kernel/messages.ts';

/** What a progress bar needs. Seconds are wall time. */
export interface DeploymentProgress {
  readonly stage: string;
  readonly deployment: string;
  readonly done: number;
  readonly total: number;
  readonly elapsedSeconds: number;
  /** How long it took the last time, where the log knows. */
  readonly expectedSeconds?: number;
}

export const deploymentProgress = defineMessage<DeploymentProgress>({
  code: 'DEPLOY_PROGRESS',
  level: 'info',
  when: 'while a deployment runs, each time that it is looked at',
  text: ({ deployment, done, total, elapsedSeconds }) =>
    `${deployment}: ${done} of ${total} resources, ${elapsedSeconds.toFixed(0)} s`,
});

export const deploymentSucceeded = defineMessage<DeploymentProgress>({
  code: 'DEPLOY_SUCCEEDED',
  level: 'info',
  when: 'a deployment has ended well',
  text: ({ stage, deployment, total, elapsedSeconds }) =>
    `✓ ${stage.padEnd(14)} ${deployment.padEnd(18)} ${String(total).padStart(3)} resources  ${elapsedSeconds.toFixed(1)} s`,
});

export const deploymentSkipped = defineMessage<{ readonly stage: string; readonly deployment: string }>({
  code: 'DEPLOY_SKIPPED',
  level: 'info',
  when: 'with --resume, for what an earlier run has done and nobody has changed since',
  text: ({ stage, deployment }) => `- ${stage.padEnd(14)} ${deployment.padEnd(18)} done before`,
});

export const deploymentWaits = defineMessage<{ readonly stage: string; readonly deployment: string }>({
  code: 'DEPLOY_WAITS',
  level: 'warning',
  when: 'the target still works on a deployment of the same name that an earlier run began; it is waited for',
  text: ({ stage, deployment }) => `${stage}: an earlier ${deployment} still runs at the target; waiting for its end`,
});

export const deploymentLocationAssumed = defineMessage<{ readonly deployment: string; readonly location: string }>({
  code: 'DEPLOY_LOCATION_ASSUMED',
  level: 'warning',
  when: 'a deployment to a subscription names no location, and no parameter of that name',
  text: ({ deployment, location }) => `${deployment}: no location is given; its record is kept in ${location}`,
});

export const deploymentFailed = defineMessage<{
  readonly stage: string;
  readonly deployment: string;
  readonly why: string;
}>({
  code: 'DEPLOY_FAILED',
  level: 'error',
  when: 'a deployment was refused or has ended badly; nothing after it is run',
  text: ({ stage, deployment, why }) => `${stage}: ${deployment} failed: ${why}`,
});

interface TaskStep {
  readonly stage: string;
  readonly task: string;
}

export const taskSucceeded = defineMessage<
  TaskStep & { readonly items: number; readonly summary: string; readonly elapsedSeconds: number }
>({
  code: 'TASK_SUCCEEDED',
  level: 'info',
  when: 'a step that is no deployment has ended well',
  text: ({ stage, task, summary, elapsedSeconds }) =>
    `✓ ${stage.padEnd(14)} ${task.padEnd(18)} ${summary}  ${elapsedSeconds.toFixed(1)} s`,
});

export const taskSkipped = defineMessage<TaskStep>({
  code: 'TASK_SKIPPED',
  level: 'info',
  when: 'with --resume, for a step that is no deployment and whose plan an earlier run has carried out',
  text: ({ stage, task }) => `- ${stage.padEnd(14)} ${task.padEnd(18)} done before`,
});

export const taskFailed = defineMessage<TaskStep & { readonly why: string }>({
  code: 'TASK_FAILED',
  level: 'error',
  when: 'a step that is no deployment was refused or has ended badly; nothing after it is run',
  text: ({ stage, task, why }) => `${stage}: ${task} failed: ${why}`,
});
