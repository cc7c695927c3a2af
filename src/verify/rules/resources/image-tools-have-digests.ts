import { since } from '../offers.ts';
import { list, resourceRule, setting } from './resource-rule.ts';

const fetches = /\b(curl|wget)\b/;
const runsUnseen = /\b(curl|wget)\b[^|;]*\|\s*(sudo\s+)?(ba|z|da)?sh\b/;
const compares = /\bsha256sum\s+(--check|-c)\b|\bgpg\b.*\b(fpr|fingerprint)\b|\bgpg\b.*grep/;

export const imageToolsHaveDigests = resourceRule({
  id: 'image-tools-have-digests',
  statement:
    'Builds of images run nothing that is fetched unseen: each download is compared, and each image is checked',
  controls: ['6.3.2', '2.2.1', '11.5.2'],
  type: 'Microsoft.VirtualMachineImages/imageTemplates',
  faults: (template) => {
    const steps = list(template, 'properties.customize');
    const lines = (step: unknown): readonly string[] => list(step, 'inline').map(String);
    return [
      ...steps.map((step) => {
        const name = String(setting(step, 'name'));
        if (setting(step, 'scriptUri') !== undefined && setting(step, 'sha256Checksum') === undefined) {
          return `runs a script of step ${name} that is compared with nothing`;
        }
        if (lines(step).some((line) => runsUnseen.test(line))) return `pipes a download into a shell in step ${name}`;
        const fetched = lines(step).filter((line) => fetches.test(line)).length;
        const compared = lines(step).filter((line) => compares.test(line)).length;
        return fetched > compared ? `fetches in step ${name} what it does not compare` : undefined;
      }),
      ...since(
        'checks of built images',
        list(template, 'properties.validate.inVMValidations').length === 0 ||
          setting(template, 'properties.validate.continueDistributeOnFailure') === true
          ? 'gives out images that were not checked'
          : undefined,
      ),
    ];
  },
});
