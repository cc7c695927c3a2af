import { stringify } from 'yaml';
import { Problem, throwIfAny } from '../kernel/errors.ts';
import type { Blueprint } from '../model/blueprint.ts';
import type { Decision } from '../model/decision.ts';
import type { DeploymentEntry } from '../model/deployments.ts';
import type { Intent } from '../model/intent.ts';
import type { Task, TaskEntry } from '../model/task.ts';

/** `deployments.yaml`: what is deployed where, in order. */
export function renderDeployments(entries: readonly DeploymentEntry[], preamble: readonly string[] = []): string {
  return yaml(
    [
      ...preamble,
      'The deployments in the order in which they run. Each is an ordinary ARM template:',
      '  az deployment group create --resource-group GROUP --name NAME --template-file TEMPLATE --parameters @PARAMETERS',
      '  az deployment sub create --location LOCATION --name NAME --template-file TEMPLATE --parameters @PARAMETERS',
    ],
    entries.map((entry) => ({
      name: entry.name,
      stage: entry.stage,
      role: entry.role,
      runsFrom: entry.runsFrom,
      scope: entry.scope,
      location: entry.location,
      template: entry.template,
      parameters: entry.parameters,
    })),
  );
}

/** `tasks.yaml`: what is done from inside the network, between the deployments. */
export function renderTasks(entries: readonly TaskEntry[]): string {
  return yaml(
    [
      'Steps that are no ARM deployments, in order: each comes after the deployment that it names.',
      'They work on the data planes of private services, from inside the network: aks-regulated deploy --stage STAGE',
    ],
    entries.map(({ name, stage, role, runsFrom, kind, plan, after }) => ({
      name,
      stage,
      role,
      runsFrom,
      kind,
      plan,
      after,
    })),
  );
}

/** The plan of one task. */
export function renderPlan({ stage, plan }: Task): string {
  return yaml([`What stage ${stage} brings about. There is no secret in it.`], plan);
}

/** `intents.yaml`: the statements about traffic that must hold. Throws `SYNTH_DUPLICATE_INTENT`. */
export function renderIntents(intents: readonly Intent[]): string {
  refuseDuplicates('intent', 'SYNTH_DUPLICATE_INTENT', intents);
  return yaml(['What must hold about traffic. `verify` proves each, or shows a packet that breaks it.'], {
    intents: intents.map((intent) => ({
      id: intent.id,
      statement: intent.statement,
      expect: intent.expect,
      from: intent.from,
      exceptFrom: intent.exceptFrom,
      to: intent.to,
      exceptTo: intent.exceptTo,
      traffic: intent.traffic?.map(({ protocol, ports }) => ({ protocol, ports })),
      controls: intent.controls,
    })),
  });
}

/** `decisions.json`: why everything is as it is, by part. Throws `SYNTH_DUPLICATE_DECISION`. */
export function renderDecisions(blueprint: Blueprint): string {
  const decisions = blueprint.parts.flatMap((part) =>
    part.decisions.map((decision) => ({ part: part.name, decision })),
  );
  refuseDuplicates(
    'decision',
    'SYNTH_DUPLICATE_DECISION',
    decisions.map(({ decision }) => decision),
  );
  return jsonText({
    schema: 'aks-regulated/decisions',
    version: 1,
    decisions: decisions.map(({ part, decision }) => inOrder(part, decision)),
  });
}

/** JSON as it is written to files: two spaces, a newline at the end. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function inOrder(part: string, decision: Decision): Readonly<Record<string, unknown>> {
  return {
    id: decision.id,
    part,
    title: decision.title,
    because: decision.because,
    alternatives: decision.alternatives.map(({ option, whyNot }) => ({ option, whyNot })),
    controls: decision.controls,
    provedBy: decision.provedBy,
    resources: decision.resources,
    assumptions: decision.assumptions,
  };
}

function yaml(header: readonly string[], value: unknown): string {
  // The round through JSON drops members that are undefined, which YAML would write as null, and breaks shared references,
  // which it would write as anchors.
  const plain: unknown = JSON.parse(JSON.stringify(value));
  return `${header.map((line) => `# ${line}\n`).join('')}${stringify(plain, { lineWidth: 0 })}`;
}

function refuseDuplicates(word: string, code: string, items: readonly { readonly id: string }[]): void {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { id } of items) {
    if (seen.has(id)) problems.push(new Problem({ code, message: `Two ${word}s have the id ${id}.` }));
    seen.add(id);
  }
  throwIfAny(problems);
}
