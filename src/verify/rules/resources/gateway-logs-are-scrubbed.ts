import { list, resourceRule, setting, wants } from './resource-rule.ts';

export const gatewayLogsAreScrubbed = resourceRule({
  id: 'gateway-logs-are-scrubbed',
  statement: 'Logs of web application firewalls mask the values of requests',
  controls: ['3.4.1', '3.5.1'],
  type: 'Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies',
  faults: (policy) => [
    wants(policy, 'properties.policySettings.logScrubbing.state', 'Enabled'),
    ...[
      'RequestArgNames',
      'RequestPostArgNames',
      'RequestJSONArgNames',
      'RequestCookieNames',
      'RequestHeaderNames',
    ].map((part) =>
      list(policy, 'properties.policySettings.logScrubbing.scrubbingRules').some(
        (one) =>
          setting(one, 'matchVariable') === part &&
          setting(one, 'selectorMatchOperator') === 'EqualsAny' &&
          setting(one, 'state') === 'Enabled',
      )
        ? undefined
        : `does not mask ${part}`,
    ),
  ],
});
