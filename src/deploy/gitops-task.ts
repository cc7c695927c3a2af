import type { ArmClient } from '../azure/arm-client.ts';
import { wait } from '../azure/long-running.ts';
import { repositoryOf } from '../azure/registry.ts';
import { type Vault, vaultAudience, vaultOf } from '../azure/vault.ts';
import { Problem } from '../kernel/errors.ts';
import { configurationArtifact, pushConfiguration } from '../supply/gitops/configuration-artifact.ts';
import { type ConfigurationPlan, readGitopsPlan } from '../supply/gitops/plan.ts';
import { signArtifact } from '../supply/images/sign-artifact.ts';
import type { ReadTask } from '../synth/read-tasks.ts';
import type { TaskOutcome, TaskTools } from './task-tools.ts';

const configurationVersion = '2025-04-01';

/**
 * Releases the configuration of each cluster: the tree is packed, pushed, signed, then tagged; Flux is told whose signature to ask for, and
 * looked at until it has applied it.
 */
export async function runGitops({ entry, plan }: ReadTask, tools: TaskTools): Promise<TaskOutcome> {
  const clusters = readGitopsPlan(plan, entry.plan);
  const said: string[] = [];
  for (const one of clusters) said.push(await release(one, tools));
  return { items: clusters.length, summary: said.join('; ') };
}

async function release(plan: ConfigurationPlan, tools: TaskTools): Promise<string> {
  const { clock, signal } = tools.host;
  const files = tools.readFolder(plan.tree);
  if (files === undefined || files.size === 0) {
    throw new Problem({
      code: 'GITOPS_TREE_MISSING',
      message: `There is no ${plan.tree} among the files of the landing zone: nothing can be released to ${plan.cluster}.`,
      hint: 'Write the files again: aks-regulated synth',
    });
  }
  const client = tools.dataPlanes(plan.registry, `repository:${plan.repository}:pull,push`);
  const repository = repositoryOf(client, plan.repository, signal);
  const artifact = configurationArtifact(files);
  const isReleased = (await repository.findTag(plan.tag)) === artifact.descriptor.digest;
  if (!isReleased) await pushConfiguration(repository, artifact);
  if (plan.signer !== undefined) {
    const vault = vaultOf(tools.dataPlanes(plan.signer.vault, vaultAudience), signal);
    await signArtifact(repository, artifact.descriptor, { ...plan.signer, vault }, clock.now());
    if (!isReleased) await repository.pushManifest(artifact.manifest, plan.tag);
    await trust(tools.client, plan, vault);
  } else if (!isReleased) {
    await repository.pushManifest(artifact.manifest, plan.tag);
  }
  const short = artifact.descriptor.digest.slice(7, 19);
  return `${plan.cluster}: ${short} ${await reconciled(tools, plan, artifact.descriptor.digest)}`;
}

interface Configuration {
  readonly properties: Readonly<Record<string, unknown>> & {
    readonly suspend?: boolean;
    readonly provisioningState?: string;
    readonly complianceState?: string;
    /** `TAG@sha256:…` */
    readonly sourceSyncedCommitId?: string;
    readonly ociRepository?: Readonly<Record<string, unknown>>;
    readonly statuses?: readonly {
      readonly statusConditions?: readonly { readonly status?: string; readonly message?: string }[];
    }[];
  };
}

/**
 * Flux asks for signatures under our authority from now on. Its certificate is made by the stage before, so no template could name it; until
 * now the configuration was suspended.
 */
async function trust(client: ArmClient, plan: ConfigurationPlan, vault: Vault): Promise<void> {
  const authority = (await vault.findSecret(plan.signer?.authority ?? ''))?.value ?? '';
  const { properties } = await client.get<Configuration>(plan.configuration, configurationVersion);
  const verify = verification(plan, authority);
  const isSet = JSON.stringify(properties.ociRepository?.verify) === JSON.stringify(verify);
  // A change that was interrupted is `Failed` until it is made again, even where it shows what is wanted.
  if (isSet && properties.suspend === false && properties.provisioningState !== 'Failed') return;
  const { scope, namespace, sourceKind, ociRepository, kustomizations } = properties;
  await client.put(plan.configuration, configurationVersion, {
    properties: {
      scope,
      namespace,
      sourceKind,
      kustomizations,
      suspend: false,
      ociRepository: { ...ociRepository, verify },
    },
  });
}

/** Flux's names for what it checks signatures of the Notary Project with; all of it is public. */
function verification(
  { registry, repository }: ConfigurationPlan,
  authority: string,
): Readonly<Record<string, unknown>> {
  const policy = {
    version: '1.0',
    trustPolicies: [
      {
        name: 'cluster-configuration',
        registryScopes: [`${registry}/${repository}`],
        signatureVerification: { level: 'strict' },
        trustStores: ['ca:fluxcd.io'],
        trustedIdentities: ['*'],
      },
    ],
  };
  const encoded = (text: string): string => Buffer.from(text, 'utf8').toString('base64');
  return {
    provider: 'notation',
    verificationConfig: { 'ca.crt': encoded(authority), 'trustpolicy.json': encoded(JSON.stringify(policy)) },
  };
}

/** Flux looks every five minutes, and applies for ten at most. */
const longest = 20 * 60;
/** A refusal of what was there before ends with the next look. */
const patience = 60;
const interval = 10_000;

/** Waits until Flux has applied it. Throws `GITOPS_NOT_RECONCILED` with what Flux says. */
async function reconciled({ client, host }: TaskTools, plan: ConfigurationPlan, digest: string): Promise<string> {
  const started = host.clock.elapsed();
  for (;;) {
    const { properties } = await client.get<Configuration>(plan.configuration, configurationVersion);
    const { complianceState, sourceSyncedCommitId } = properties;
    // What it says may still be about what was released before.
    if (complianceState === 'Compliant' && sourceSyncedCommitId?.includes(digest)) return 'reconciled';
    if (plan.signer === undefined) return 'pushed; it is applied once it is signed';
    const said = properties.statuses
      ?.flatMap((one) => one.statusConditions ?? [])
      .find(({ status }) => status === 'False');
    const seconds = (host.clock.elapsed() - started) / 1000;
    const hasFailed = complianceState === 'Non-Compliant' && seconds > patience;
    if (hasFailed || complianceState === 'Suspended' || seconds > longest) {
      throw new Problem({
        code: 'GITOPS_NOT_RECONCILED',
        message: `Flux has not applied the configuration of ${plan.cluster}: it is ${complianceState}${said?.message === undefined ? '' : `: ${said.message}`}.`,
        hint: `Look at ${plan.configuration}, and run the stage again.`,
      });
    }
    await wait(host.clock, interval, host.signal);
  }
}
