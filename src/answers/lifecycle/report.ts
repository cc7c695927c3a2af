import { kubernetesVersionOf } from '../../blueprint/cluster/versions.ts';
import { contextOf } from '../../blueprint/context.ts';
import { coreRules } from '../../blueprint/gateway/versions.ts';
import { meshRevisionOn } from '../../blueprint/mesh/versions.ts';
import { componentEnds } from '../../blueprint/support/ends.ts';
import type { Blueprint } from '../../model/blueprint.ts';
import type { Spec } from '../../spec/spec.ts';
import { apiEnds } from './api-ends.ts';

/** How a thing stands on a day. `ends soon`: within half a year. */
export type LifecycleStatus = 'ended' | 'ends soon' | 'supported' | 'preview' | 'no end known';

export interface LifecycleItem {
  readonly kind: 'component' | 'version' | 'api';
  readonly name: string;
  /** Where it is used: a cluster, a slot, or how many resources. */
  readonly where: string;
  /** Last day of support, as an ISO date; absent where nobody has announced one that this version knows of. */
  readonly until?: string;
  readonly status: LifecycleStatus;
  readonly alternative?: string;
  readonly source: string;
}

const soon = 183;

/**
 * Every version, API and feature that a landing zone uses, with its end of support: what ends first comes first.
 * @param day ISO date on which it is asked
 */
export function lifecycleReport(spec: Spec, blueprint: Blueprint, day: string): readonly LifecycleItem[] {
  const items = [...componentItems(spec), ...versionItems(spec, day), ...apiItems(blueprint)];
  return items
    .map(({ preview, ...item }) => ({ ...item, status: statusOf(item.until, preview === true, day) }))
    .sort(
      (a, b) =>
        (a.until ?? '9999').localeCompare(b.until ?? '9999') ||
        a.kind.localeCompare(b.kind, 'en') ||
        a.name.localeCompare(b.name, 'en'),
    );
}

type Draft = Omit<LifecycleItem, 'status'> & { readonly preview?: boolean };

function componentItems({ components }: Spec): readonly Draft[] {
  return Object.entries(components).map(([slot, component]): Draft => {
    const end = componentEnds.find((one) => one.slot === slot && one.component === component);
    if (end === undefined) {
      return {
        kind: 'component',
        name: component,
        where: slot,
        source: 'no end was announced when this version was made',
      };
    }
    const { name, until, alternative, source } = end;
    return { kind: 'component', name, where: slot, until, alternative, source };
  });
}

function versionItems(spec: Spec, day: string): readonly Draft[] {
  const context = contextOf(spec, { today: new Date(`${day}T00:00:00Z`) });
  const clusters = spec.clusters.flatMap((cluster): readonly Draft[] => {
    const where = `cluster ${cluster.name}`;
    const version = kubernetesVersionOf(context, cluster);
    const isLong = cluster.kubernetes.support === 'long-term';
    const mesh = spec.components.mesh === 'istio' ? meshRevisionOn(day, version.name) : undefined;
    return [
      {
        kind: 'version',
        name: `Kubernetes ${version.name}, ${cluster.kubernetes.support} support`,
        where,
        until: isLong ? version.longTermUntil : version.standardUntil,
        source: 'AKS Kubernetes release calendar, 2026-08-05',
      },
      ...(mesh === undefined
        ? []
        : [
            {
              kind: 'version' as const,
              name: `Istio add-on ${mesh.revision.name}`,
              where,
              until: mesh.revision.until,
              alternative: 'the next revision, which AKS offers before this one ends',
              source: 'Istio add-on release calendar, 2026-05-15',
            },
          ]),
    ];
  });
  if (spec.components.webApplicationFirewall !== 'policy-drs') return clusters;
  return [
    ...clusters,
    {
      kind: 'version',
      name: `${coreRules.type} ${coreRules.version}`,
      where: 'web application firewall',
      source: 'azure-waf support policy, February 2026: the newest and the two before it are supported',
    },
  ];
}

function apiItems(blueprint: Blueprint): readonly Draft[] {
  const uses = new Map<string, Set<string>>();
  for (const { type, apiVersion, key } of blueprint.parts.flatMap((part) => part.resources)) {
    const [plain = '', extension] = type.split('/providers/');
    const provider = extension === undefined ? (plain.split('/')[0] ?? plain) : `${extension} on other resources`;
    const name = `${provider} ${apiVersion}`;
    uses.set(name, (uses.get(name) ?? new Set()).add(key));
  }
  return [...uses].map(([name, keys]): Draft => {
    const end = apiEnds.find(
      (one) => name.startsWith(`${one.provider} `) && (name.split(' ').at(-1) ?? '') < one.before,
    );
    const isPreview = name.endsWith('-preview');
    return {
      kind: 'api',
      name,
      where: keys.size === 1 ? '1 resource' : `${keys.size} resources`,
      ...(end === undefined ? {} : { until: end.until, alternative: `version ${end.before} or newer` }),
      preview: isPreview,
      source:
        end?.source ??
        (isPreview
          ? 'Azure gives no term of support for previews'
          : 'no retirement was announced when this version was made'),
    };
  });
}

function statusOf(until: string | undefined, preview: boolean, day: string): LifecycleStatus {
  if (until === undefined) return preview ? 'preview' : 'no end known';
  if (day > until) return 'ended';
  const left = (Date.parse(until) - Date.parse(day)) / 86_400_000;
  return left <= soon ? 'ends soon' : 'supported';
}
