/**
 * Managed rule sets. Source: azure-waf support policy, February 2026: 2.2 is the newest, 2.1 and the core rule set 3.2 are the two
 * before it. No end is announced for any of these; sets older than the two before the newest are not supported.
 */
export const coreRules = { type: 'Microsoft_DefaultRuleSet', version: '2.2' } as const;
export const botRules = { type: 'Microsoft_BotManagerRuleSet', version: '1.1' } as const;
