import type { Acceptance } from '../../../model/acceptance.ts';
import { acceptedLines } from '../../accept.ts';
import type { Context } from '../../context.ts';
import { exitCodes } from '../../exit-code.ts';
import { absolute, shown } from '../../global-flags.ts';
import { designLandingZone, writeLandingZone } from '../../landing-zone.ts';
import { type OutputFormat, printOutcome } from '../../render/outcome.ts';
import { renderTable } from '../../render/table.ts';

export interface SynthFlags {
  readonly spec?: string;
  readonly out?: string;
  readonly asOf?: Date;
  readonly accept?: readonly Acceptance[];
  readonly output?: OutputFormat;
}

export async function synth(this: Context, flags: SynthFlags): Promise<void> {
  const landingZone = designLandingZone(this, flags.spec, flags.asOf, flags.accept);
  const folder = absolute(this, flags.out ?? 'out');
  const files = writeLandingZone(folder, landingZone);
  const resources = landingZone.blueprint.parts.flatMap((part) => part.resources);
  const stages = landingZone.blueprint.stages.map((stage) => ({
    name: stage.name,
    role: stage.role,
    resources: resources.filter((resource) => resource.stage === stage.name).length,
  }));
  const rows = stages.map((stage) => [stage.name, stage.role, String(stage.resources)]);
  await printOutcome(this, flags.output, {
    verb: 'synth',
    body: { files, stages, accepted: landingZone.accepted },
    rows: files.map((file) => [file]),
    exit: exitCodes.done,
    text: (style) =>
      [
        renderTable([{ title: 'Stage' }, { title: 'Role' }, { title: 'Resources', align: 'right' }], rows, style),
        '',
        ...acceptedLines(landingZone.accepted, style),
        `${files.length} files in ${style('cyan', shown(this, folder))}`,
      ].join('\n'),
  });
}
