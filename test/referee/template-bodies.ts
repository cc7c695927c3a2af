import { expandOffline, offlineContext, parseResourceId, readJson } from '../../src/arm/index.ts';
import type { OutputFile } from '../../src/model/deployments.ts';
import { readDeploymentFolder } from '../../src/synth/read.ts';

/** A resource as it would be PUT, with its type, version and full name; what only a cloud knows is still an expression. */
export interface EmittedBody {
  /** Where it stands, for messages: `templates/hub.json: Microsoft.Network/virtualNetworks vnet`. */
  readonly where: string;
  readonly scope: 'subscription' | 'resourceGroup';
  readonly entry: Readonly<Record<string, unknown>>;
}

export interface EmittedBodies {
  readonly bodies: readonly EmittedBody[];
  /** What the template engine finds odd, such as a reference without a dependency. */
  readonly warnings: readonly string[];
}

/** Every body that a folder of deployments makes, those of nested templates too. */
export function emittedBodies(files: readonly OutputFile[]): EmittedBodies {
  const texts = new Map(files.map((file) => [file.path, file.text]));
  const deployments = readDeploymentFolder({
    file: 'deployments.yaml',
    text: texts.get('deployments.yaml') ?? '',
    read: (path) => texts.get(path),
  });
  const expanded = deployments.map(({ entry, scope, template, parameters }) => {
    const location = entry.location === undefined ? {} : { location: entry.location };
    const context = offlineContext({ scope, deploymentName: entry.name, ...location });
    const expansion = expandOffline({ template: readJson(template, entry.template), parameters, context });
    return { file: entry.template, expansion };
  });
  return {
    bodies: expanded.flatMap(({ file, expansion }) =>
      expansion.resources.map(
        ({ id, type, apiVersion, name, body }): EmittedBody => ({
          where: `${file}: ${type} ${name}`,
          scope: parseResourceId(id)?.type === 'Microsoft.Resources/resourceGroups' ? 'subscription' : scopeOf(id),
          entry: { ...body, type, apiVersion, name },
        }),
      ),
    ),
    warnings: expanded.flatMap(({ file, expansion }) =>
      expansion.warnings.map(({ code, message }) => `${file}: ${code} ${message}`),
    ),
  };
}

function scopeOf(id: string): EmittedBody['scope'] {
  return parseResourceId(id)?.resourceGroup === undefined ? 'subscription' : 'resourceGroup';
}
