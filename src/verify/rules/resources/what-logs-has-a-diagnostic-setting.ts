import { idKey } from '../../arm-view.ts';
import { typesThatLog } from './data/types-that-log.ts';
import { missingRule } from './missing-rule.ts';
import { list, setting } from './resource-rule.ts';

const mark = '/providers/microsoft.insights/diagnosticsettings/';

export const whatLogsHasADiagnosticSetting = missingRule({
  id: 'what-logs-has-a-diagnostic-setting',
  statement: 'Every resource that records something sends it to a workspace',
  controls: ['10.2.1', '10.2.2', '10.3.3'],
  // Settings hang on resources, and lists of resources leave them out: a state without any says nothing of them.
  about: (state) => state.resources.some(({ id }) => id.toLowerCase().includes(mark)),
  things: (state) => state.resources.filter(({ type }) => typesThatLog.has(type.toLowerCase())).map(({ id }) => id),
  fault(resource, state) {
    const settings = state.resources.filter(({ id }) => idKey(id).startsWith(`${idKey(resource)}${mark}`));
    const sends = settings.some(
      (one) =>
        setting(one, 'properties.workspaceId') !== undefined &&
        [...list(one, 'properties.logs'), ...list(one, 'properties.metrics')].some(
          (stream) => setting(stream, 'enabled') === true,
        ),
    );
    return sends ? undefined : `${resource.slice(resource.lastIndexOf('/') + 1)} sends its logs nowhere.`;
  },
});
