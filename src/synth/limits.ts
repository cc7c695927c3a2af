import { isExpression } from '../arm/index.ts';
import type { Json } from '../kernel/canonical-json.ts';
import { Problem } from '../kernel/errors.ts';

type JsonObject = { readonly [key: string]: Json | undefined };

/** Limits of Azure Resource Manager for one template (Microsoft, "Understand the structure and syntax of ARM templates"). */
const maximumResources = 800;
const mebibyte = 1024 * 1024;
const maximumTemplateBytes = 4 * mebibyte;
const maximumResourceBytes = mebibyte;

/** Names of members whose text is a secret wherever ARM has them; secrets reach a template only through a vault reference. */
const secretName =
  /^(admin)?password$|(Password|ClientSecret|SharedKey|PrivateKey|SasToken|AccessKey|ConnectionString)$/;

/**
 * What ARM would refuse, and what must never be written, in the template of one deployment: `SYNTH_TOO_MANY_RESOURCES`,
 * `SYNTH_TEMPLATE_TOO_LARGE`, `SYNTH_RESOURCE_TOO_LARGE`, `SYNTH_SECRET_IN_TEMPLATE`.
 */
export function limitProblems(deployment: string, template: JsonObject, text: string): readonly Problem[] {
  const problems: Problem[] = [];
  const bytes = Buffer.byteLength(text);
  if (bytes > maximumTemplateBytes) {
    problems.push(
      new Problem({
        code: 'SYNTH_TEMPLATE_TOO_LARGE',
        message: `The template of deployment ${deployment} has ${bytes} bytes; Azure accepts ${maximumTemplateBytes}.`,
        hint: 'Split the deployment.',
      }),
    );
  }
  checkTemplate(deployment, template, problems);
  return problems;
}

function checkTemplate(deployment: string, template: JsonObject, problems: Problem[]): void {
  // A list, or a map by symbolic name.
  const resources = Object.values(template.resources ?? {}) as readonly JsonObject[];
  if (resources.length > maximumResources) {
    problems.push(
      new Problem({
        code: 'SYNTH_TOO_MANY_RESOURCES',
        message: `A template of deployment ${deployment} has ${resources.length} resources; Azure accepts ${maximumResources}.`,
        hint: 'Split the deployment.',
      }),
    );
  }
  for (const resource of resources) {
    const inner = nestedTemplate(resource);
    if (inner !== undefined) {
      checkTemplate(deployment, inner, problems);
      continue;
    }
    const name = `${String(resource.type)} ${String(resource.name)}`;
    const bytes = Buffer.byteLength(JSON.stringify(resource));
    if (bytes > maximumResourceBytes) {
      problems.push(
        new Problem({
          code: 'SYNTH_RESOURCE_TOO_LARGE',
          message: `${name} has ${bytes} bytes; Azure accepts ${maximumResourceBytes} for a resource.`,
        }),
      );
    }
    for (const path of secretPaths(resource, '')) {
      problems.push(
        new Problem({
          code: 'SYNTH_SECRET_IN_TEMPLATE',
          message: `${name} has a secret in clear text at ${path}.`,
          why: 'Templates are files that are committed, copied and kept in the history of deployments.',
          hint: 'Refer to a secret in the vault instead.',
        }),
      );
    }
  }
}

function nestedTemplate(resource: JsonObject): JsonObject | undefined {
  if (resource.type !== 'Microsoft.Resources/deployments') return undefined;
  return (resource.properties as JsonObject | undefined)?.template as JsonObject | undefined;
}

function secretPaths(value: Json | undefined, path: string): readonly string[] {
  if (value === null || value === undefined || typeof value !== 'object') return [];
  return Object.entries(value as JsonObject).flatMap(([key, member]) => {
    const at = Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`;
    const isText = typeof member === 'string' && member !== '' && !isExpression(member);
    return isText && !Array.isArray(value) && secretName.test(key) ? [at] : secretPaths(member, at);
  });
}
