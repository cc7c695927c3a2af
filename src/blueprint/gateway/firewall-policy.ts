import { type Built, decided } from '../draft.ts';
import { networkResource, type Placement } from '../placement.ts';
import { botRules, coreRules } from './versions.ts';

/** Where a request may carry card data, which must not come to rest in a log. */
const scrubbed = [
  'RequestArgNames',
  'RequestPostArgNames',
  'RequestJSONArgNames',
  'RequestCookieNames',
  'RequestHeaderNames',
] as const;

/** The web application firewall: managed rules, blocking, and no card data in its log. */
export function firewallPolicy(placement: Placement, at: { readonly key: string; readonly name: string }): Built {
  const resource = networkResource(placement, {
    ...at,
    type: 'ApplicationGatewayWebApplicationFirewallPolicies',
    properties: {
      policySettings: {
        state: 'Enabled',
        mode: 'Prevention',
        requestBodyCheck: true,
        requestBodyEnforcement: true,
        requestBodyInspectLimitInKB: 128,
        maxRequestBodySizeInKb: 128,
        fileUploadEnforcement: true,
        fileUploadLimitInMb: 1,
        logScrubbing: {
          state: 'Enabled',
          scrubbingRules: scrubbed.map((matchVariable) => ({
            matchVariable,
            selectorMatchOperator: 'EqualsAny',
            state: 'Enabled',
          })),
        },
      },
      customRules: [],
      managedRules: {
        managedRuleSets: [coreRules, botRules].map(({ type, version }) => ({
          ruleSetType: type,
          ruleSetVersion: version,
        })),
        exclusions: [],
        exceptions: [],
      },
    },
  });
  const settings = (...names: readonly string[]): readonly string[] =>
    names.map((name) => `properties.policySettings.${name}`);
  return decided(resource, {
    'requests-are-inspected': [
      ...settings(
        'state',
        'mode',
        'requestBodyCheck',
        'requestBodyEnforcement',
        'requestBodyInspectLimitInKB',
        'fileUploadEnforcement',
      ),
      'properties.managedRules',
      'properties.customRules',
    ],
    'no-card-data-in-the-firewall-log': settings('logScrubbing'),
  });
}
