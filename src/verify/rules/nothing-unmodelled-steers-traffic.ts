import { type Rule, violation } from './rule.ts';

/** What can open a way that the network model does not see. A load balancer's targets are still guarded by their security groups. */
const steering: readonly (readonly [type: RegExp, words: string])[] = [
  [
    /^microsoft\.network\/networkmanagers\/(connectivityconfigurations|routingconfigurations)/i,
    'a network manager peers and routes networks',
  ],
  [/^microsoft\.network\/virtualhubs$/i, 'a virtual hub routes between the networks that hang on it'],
  [/^microsoft\.network\/virtualwans$/i, 'a virtual WAN routes between its hubs'],
  [/^microsoft\.network\/privatelinkservices$/i, 'a private link service lets other networks in without a peering'],
];

export const nothingUnmodelledSteersTraffic: Rule = {
  id: 'nothing-unmodelled-steers-traffic',
  statement:
    'Nothing in the state steers traffic in a way that this verifier does not model, so that what is proven holds',
  controls: [],
  level: 'error',
  check(state) {
    const resources = state.resources.flatMap((resource) =>
      steering
        .filter(([type]) => type.test(resource.type))
        .map(([, words]) => violation(this, resource.id, `${resource.name} is not modelled: ${words}.`)),
    );
    const translations = state.resources
      .filter(({ properties }) => JSON.stringify(properties ?? {}).includes('"translatedFqdn":"'))
      .map(({ id, name }) =>
        violation(this, id, `${name} translates to a host name: which address that is, the state does not say.`),
      );
    return [...resources, ...translations];
  },
  looksAt: (_model, state) => state.resources.length,
};
