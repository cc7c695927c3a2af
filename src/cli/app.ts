import { buildApplication, buildRouteMap, text_en } from '@stricli/core';
import { messageOf, Problem } from '../kernel/errors.ts';
import { armExpandCommand } from './commands/arm-expand/command.ts';
import { auditVerifyCommand } from './commands/audit-verify/command.ts';
import { certificatesCommand } from './commands/certificates/command.ts';
import { costCommand } from './commands/cost/command.ts';
import { deployCommand } from './commands/deploy/command.ts';
import { diffCommand } from './commands/diff/command.ts';
import { initCommand } from './commands/init/command.ts';
import { lifecycleCommand } from './commands/lifecycle/command.ts';
import { localAzureStartCommand } from './commands/local-azure-start/command.ts';
import { matrixCommand } from './commands/matrix/command.ts';
import { reachCommand } from './commands/reach/command.ts';
import { repairCommand } from './commands/repair/command.ts';
import { rulesCommand } from './commands/rules/command.ts';
import { schemaPrintCommand } from './commands/schema-print/command.ts';
import { stateExportCommand } from './commands/state-export/command.ts';
import { synthCommand } from './commands/synth/command.ts';
import { upCommand } from './commands/up/command.ts';
import { verifyCommand } from './commands/verify/command.ts';
import type { Context } from './context.ts';
import { exitCodeOf } from './exit-code.ts';
import { renderProblem } from './render/problem.ts';
import { plain, type Style } from './render/style.ts';

/** The verbs. Each command's implementation is loaded when it runs, so that `--help` stays quick. */
const verbs = buildRouteMap<string, Context>({
  routes: {
    up: upCommand,
    init: initCommand,
    synth: synthCommand,
    deploy: deployCommand,
    verify: verifyCommand,
    reach: reachCommand,
    certificates: certificatesCommand,
    cost: costCommand,
    lifecycle: lifecycleCommand,
    matrix: matrixCommand,
    diff: diffCommand,
    rules: rulesCommand,
    repair: repairCommand,
    state: buildRouteMap<string, Context>({
      routes: { export: stateExportCommand },
      docs: { brief: 'What runs, as files' },
    }),
    audit: buildRouteMap<string, Context>({
      routes: { verify: auditVerifyCommand },
      docs: { brief: 'The log of every deployment' },
    }),
    arm: buildRouteMap<string, Context>({
      routes: { expand: armExpandCommand },
      docs: { brief: 'ARM templates, offline' },
    }),
    'local-azure': buildRouteMap<string, Context>({
      routes: { start: localAzureStartCommand },
      docs: { brief: 'The embedded Azure Resource Manager' },
    }),
    schema: buildRouteMap<string, Context>({
      routes: { print: schemaPrintCommand },
      docs: { brief: 'The JSON Schema of landing-zone.yaml' },
    }),
  },
  docs: { brief: 'A regulated AKS landing zone from one short file: designed, deployed, proven isolated, explained' },
});

/** @param version as in package.json @param environment for annotations @param style for errors on stderr */
export function buildCli(version: string, environment: Readonly<Record<string, string | undefined>>, style: Style) {
  const failure = (error: unknown, ansi: boolean): string => {
    if (error instanceof Problem) return renderProblem(error, ansi ? style : plain, environment);
    const text = `error INTERNAL ${messageOf(error)}\n  do   This is a defect of aks-regulated. Please report it with the command and this text.`;
    return environment.AKS_REGULATED_DEBUG === '1' && error instanceof Error ? `${text}\n${error.stack}` : text;
  };
  return buildApplication<Context>(verbs, {
    name: 'aks-regulated',
    versionInfo: { currentVersion: version },
    scanner: { caseStyle: 'allow-kebab-for-camel' },
    documentation: { caseStyle: 'convert-camel-to-kebab', useAliasInUsageLine: false },
    determineExitCode: exitCodeOf,
    localization: {
      text: {
        ...text_en,
        exceptionWhileRunningCommand: (error, ansi) => failure(error, ansi),
        exceptionWhileLoadingCommandFunction: (error, ansi) => failure(error, ansi),
      },
    },
  });
}
