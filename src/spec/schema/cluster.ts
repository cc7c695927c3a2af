import * as z from 'zod';
import { nodeSizes } from '../data/node-sizes.ts';
import { type PoolName, poolDefaults } from '../defaults.ts';
import { asIssue, text, wholeNumber } from './field.ts';

const versionPattern = '^1\\.[0-9]{2}$';

/** What a cluster runs. Which versions there are, and until when, is data of the blueprint: it depends on the day. */
export const kubernetes = z
  .strictObject({
    version: text(
      {
        description:
          'Minor version of Kubernetes, in quotes. By default the newest one that is supported on the day of the build and that the service mesh supports.',
        examples: ['1.36'],
        pattern: versionPattern,
      },
      (value) =>
        new RegExp(versionPattern).test(value)
          ? undefined
          : {
              code: 'SPEC_VERSION_FORM',
              message: `${value} is no minor version of Kubernetes.`,
              why: 'AKS chooses the newest patch of a minor version; a patch that is named falls behind at once.',
              hint: 'Give the minor version in quotes, e.g. "1.36".',
            },
    ).optional(),
    support: z.enum(['long-term', 'standard']).optional().meta({
      description:
        '`long-term` adds a year of patches to each version, and needs the premium tier. By default `long-term`, and `standard` in profile `2021`.',
    }),
    tier: z.enum(['premium', 'standard']).optional().meta({
      description: 'Tier of the control plane. By default `premium`, and `standard` in profile `2021`.',
    }),
  })
  .prefault({})
  .meta({ description: 'Version and support of the cluster.' });

function pool(name: PoolName, description: string) {
  const { current, '2021': earlier } = poolDefaults;
  const defaults = (key: 'size' | 'minimum' | 'maximum'): string => {
    const before = earlier[name];
    return `By default ${current[name]?.[key]}${before === undefined ? '' : `, and ${before[key]} in profile \`2021\``}.`;
  };
  return z
    .strictObject({
      size: text({
        description: `Size of its nodes: one with a local disk, on which the system disk lies. ${defaults('size')}`,
        examples: ['Standard_D4ds_v5'],
        enum: nodeSizes.map((size) => size.name),
      }).optional(),
      minimum: wholeNumber({
        description: `Nodes that are always there. ${defaults('minimum')}`,
        minimum: 1,
        maximum: 1000,
      }).optional(),
      maximum: wholeNumber({
        description: `Nodes at most. ${defaults('maximum')}`,
        minimum: 1,
        maximum: 1000,
      }).optional(),
    })
    .optional()
    .meta({ description });
}

export const nodePools = z
  .strictObject({
    system: pool('system', 'What Kubernetes itself needs; nothing else may run there.'),
    platform: pool('platform', 'Add-ons, the mesh’s control plane, Flux, the ingress. Profile `2021` has none.'),
    inScope: pool('inScope', 'Components that are in scope of PCI DSS.'),
    outOfScope: pool('outOfScope', 'Components that handle no card data.'),
  })
  .prefault({})
  .meta({ description: 'The node pools.' });

export const gateway = z
  .strictObject({
    minimum: wholeNumber({ description: '', minimum: 2, maximum: 125 })
      .default(2)
      .meta({ description: 'Instances that are always there; two outlive the loss of one.' }),
    maximum: wholeNumber({ description: '', minimum: 2, maximum: 125 })
      .default(10)
      .meta({ description: 'Instances at most.' }),
  })
  .superRefine((value, context) => {
    if (value.minimum >= 2 && value.minimum <= value.maximum && value.maximum <= 125) return;
    context.addIssue({
      ...asIssue({
        code: 'SPEC_GATEWAY_SIZE',
        message: `Application Gateway cannot have ${value.minimum} to ${value.maximum} instances.`,
        why: 'With fewer than two instances every update interrupts payments; Azure takes at most 125.',
        hint: 'Give a minimum of at least 2 and a maximum of at least that, at most 125.',
      }),
      path: [value.minimum < 2 ? 'minimum' : 'maximum'],
    });
  })
  .prefault({})
  .meta({ description: 'Application Gateway in front of the cluster.' });

const certificate = /^-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----\s*$/;

export const gitops = z
  .strictObject({
    signer: text(
      {
        description:
          'Certificate, in PEM, of the authority whose signatures Flux accepts on the configuration of the clusters. It is public. Until it is given, Flux is there and applies nothing.',
        examples: ['-----BEGIN CERTIFICATE-----…'],
      },
      (value) =>
        certificate.test(value)
          ? undefined
          : {
              code: 'SPEC_CERTIFICATE_FORM',
              message: 'The signer is not one certificate in PEM.',
              hint: 'Give the text from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, as a block (|).',
            },
    ).optional(),
  })
  .prefault({})
  .meta({ description: 'How the clusters get their configuration.' });
