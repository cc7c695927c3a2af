import { parsePrefix } from '../kernel/address.ts';
import { Problem } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import type { EndpointText } from '../model/intent.ts';
import type { AddressTerm, Endpoint, NetworkModel, Subnet } from '../reachability/index.ts';
import { idKey } from './arm-view.ts';
import { parseRange } from './read-terms.ts';
import { workloadAt, workloadEndpoint } from './resolve-workloads.ts';
import { serviceTags } from './service-tags.ts';

/** FQDN tags that are no service tags; names that the vendor keeps. */
const fqdnTags = new Set(
  [
    'AppServiceEnvironment',
    'AzureHDInsight',
    'AzureKubernetesService',
    'MicrosoftActiveProtectionService',
    'Office365',
    'Windows365',
    'WindowsDiagnostics',
    'WindowsUpdate',
    'WindowsVirtualDesktop',
  ].map((tag) => tag.toLowerCase()),
);

/**
 * An end of traffic in words, as intents and `reach` take it: an address or prefix, a resource id or unique name, `subnet:NAME`,
 * `subnet:VNET/NAME`, `pod:NS/NAME`, `namespace:NS`, `service:NS/NAME`, `internet`, `tag:NAME`, a host name, or `any`. An address that is
 * exactly a pod's means the pod. Throws a `Problem` of kind `not-found` for what the state does not
 * hold, and `usage` for what is ambiguous.
 */
export function resolveEndpoint(given: EndpointText, model: NetworkModel): Endpoint {
  const text = given.trim();
  if (text === 'internet') return { kind: 'internet', text };
  if (text === 'any') return { kind: 'any', text };
  const [, scheme, rest = ''] = /^(subnet|tag|pod|namespace|service):(.*)$/.exec(text) ?? [];
  if (scheme === 'subnet') return subnetEndpoint(text, rest, model);
  if (scheme === 'tag') return tagEndpoint(text, rest, model);
  if (scheme === 'pod' || scheme === 'namespace' || scheme === 'service')
    return workloadEndpoint(text, scheme, rest, model);
  const range = parseRange(text);
  if (range?.family === 6) {
    throw new Problem({
      code: 'ENDPOINT_NOT_MODELLED',
      message: `${text} is IPv6, which is not modelled yet.`,
      kind: 'not-found',
    });
  }
  if (range !== undefined) return workloadAt(model, text) ?? { kind: 'addresses', text, ranges: [range] };
  return namedEndpoint(text, model) ?? hostEndpoint(text, model) ?? unknown(text, model);
}

function subnetWords(subnet: Subnet, model: NetworkModel): string {
  return `${model.networks.find((network) => network.id === subnet.network)?.name ?? ''}/${subnet.name}`;
}

function subnetEndpoint(text: string, rest: string, model: NetworkModel): Endpoint {
  const wanted = rest.toLowerCase();
  const found = model.subnets.filter(
    (subnet) => subnet.name.toLowerCase() === wanted || subnetWords(subnet, model).toLowerCase() === wanted,
  );
  const [one] = found;
  if (one !== undefined && found.length === 1) return { kind: 'addresses', text, ranges: one.prefixes };
  if (one !== undefined)
    throw ambiguous(
      text,
      found.map((subnet) => `subnet:${subnetWords(subnet, model)}`),
    );
  const candidates = model.subnets.flatMap((subnet) => [subnet.name, subnetWords(subnet, model)]);
  throw notFound(text, 'subnet', nearest(rest, candidates), 'subnet:');
}

function tagEndpoint(text: string, tag: string, model: NetworkModel): Endpoint {
  const word = tag.toLowerCase();
  if (word === 'internet') return { kind: 'internet', text };
  if (word === 'virtualnetwork') {
    throw new Problem({
      code: 'ENDPOINT_AMBIGUOUS',
      message: 'tag:VirtualNetwork means something else in each subnet.',
      hint: 'Name the networks or subnets meant.',
      kind: 'usage',
    });
  }
  if (word === 'azureplatformdns') return { kind: 'platform-dns', text };
  const literal = { azureloadbalancer: '168.63.129.16', azureplatformimds: '169.254.169.254' }[word];
  const range = literal === undefined ? undefined : parsePrefix(literal);
  if (range !== undefined) return { kind: 'addresses', text, ranges: [range] };
  if (!/^[a-z][a-z0-9.]*$/.test(word)) throw notFound(text, 'service tag', undefined, 'tag:');
  const usedForNames = model.firewalls.some((firewall) =>
    firewall.collections.some((collection) =>
      collection.rules.some(
        (rule) => rule.kind === 'application' && rule.nameTags.some((one) => one.toLowerCase() === word),
      ),
    ),
  );
  const [service = ''] = word.split('.');
  const inRules = model.securityGroups.some((group) =>
    group.rules.some((rule) => [...rule.sources, ...rule.destinations].some((term) => isTag(term, service))),
  );
  const inFirewall = model.firewalls.some((firewall) =>
    firewall.collections.some((one) =>
      one.rules.some((rule) => [...rule.sources, ...rule.destinations].some((term) => isTag(term, service))),
    ),
  );
  if (
    !usedForNames &&
    !inRules &&
    !inFirewall &&
    !serviceTags.has(word) &&
    !serviceTags.has(service) &&
    !fqdnTags.has(service)
  )
    throw notFound(text, 'service tag', nearest(tag, [...serviceTags, ...fqdnTags]), 'tag:');
  const onlyNames = fqdnTags.has(word.split('.')[0] ?? '');
  return { kind: 'tag', text, tag, names: onlyNames || usedForNames, addresses: !onlyNames };
}

function isTag(term: AddressTerm, service: string): boolean {
  return term.kind === 'tag' && term.tag.toLowerCase().split('.')[0] === service;
}

function namedEndpoint(text: string, model: NetworkModel): Endpoint | undefined {
  const wanted = text.toLowerCase();
  const isId = text.startsWith('/');
  const found = model.named.filter((one) => (isId ? idKey(one.id) === idKey(text) : one.name.toLowerCase() === wanted));
  const inside = isId
    ? model.subnets.filter((one) => idKey(one.id) === idKey(text))
    : model.subnets.filter((one) => one.name.toLowerCase() === wanted);
  const all = new Map([
    ...inside.map((one) => [idKey(one.id), { id: one.id, addresses: one.prefixes }] as const),
    ...found.map((one) => [idKey(one.id), { id: one.id, addresses: one.addresses }] as const),
  ]);
  for (const one of inside) all.set(idKey(one.id), { id: one.id, addresses: one.prefixes });
  if (all.size === 0) return undefined;
  // Several resources may share a name; those without an address cannot be meant.
  const placed = [...all.values()].filter((one) => one.addresses.length > 0);
  const [one] = placed;
  if (one === undefined) {
    throw new Problem({
      code: 'ENDPOINT_WITHOUT_ADDRESS',
      message: `${text} has no address in this state.`,
      hint: 'Name the subnet that it lives in, or an address.',
      kind: 'not-found',
    });
  }
  if (placed.length > 1)
    throw ambiguous(
      text,
      placed.map((candidate) => candidate.id),
    );
  return { kind: 'addresses', text, ranges: one.addresses };
}

const hostName = /^(\*|(\*\.)?([a-z0-9_]([a-z0-9_-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9])$/i;

function hostEndpoint(text: string, model: NetworkModel): Endpoint | undefined {
  if (!hostName.test(text)) return undefined;
  const name = text.toLowerCase();
  // Of two zones that hold a name the longer one answers.
  const zones = model.privateZones.filter((one) => name === one.name || name.endsWith(`.${one.name}`));
  const zone = zones.sort((a, b) => b.name.length - a.name.length)[0];
  if (zone !== undefined) {
    const answers = zone.records.get(name);
    if (answers !== undefined) return { kind: 'private-name', text, pattern: name, zone, answers };
    if (zone.links.length === 0) return { kind: 'name', text, pattern: name };
    throw new Problem({
      code: 'ENDPOINT_NAME_UNRESOLVED',
      message: `The private zone ${zone.name} of this state has no record for ${text}.`,
      why: 'A linked zone without the record answers that the name does not exist.',
      kind: 'not-found',
    });
  }
  return { kind: 'name', text, pattern: name };
}

function unknown(text: string, model: NetworkModel): never {
  throw notFound(
    text,
    'resource, address or host name',
    nearest(text, [...model.named.map((one) => one.name), 'internet', 'any']),
    '',
  );
}

function notFound(text: string, what: string, suggestion: string | undefined, scheme: string): Problem {
  return new Problem({
    code: 'ENDPOINT_NOT_FOUND',
    message: `There is no ${what} ${text} in this state.`,
    kind: 'not-found',
    ...(suggestion === undefined ? {} : { hint: `Did you mean ${scheme}${suggestion}?` }),
  });
}

function ambiguous(text: string, candidates: readonly string[]): Problem {
  return new Problem({
    code: 'ENDPOINT_AMBIGUOUS',
    message: `${text} names ${candidates.length} things in this state.`,
    hint: `Name one of: ${candidates.join(', ')}.`,
    kind: 'usage',
  });
}
