import type { Complaint } from '../complaint.ts';

/** A known profile may be one that this version cannot build: it is refused by name, never built as another. */
export function profileCanBeBuilt(profile: 'current' | '2021'): Complaint | undefined {
  return profile === 'current'
    ? undefined
    : {
        code: 'SPEC_PROFILE_NOT_BUILT',
        message: `This version cannot build the profile ${profile}; it builds \`current\` only.`,
        why: 'Its components (Open Service Mesh, pod identity and others) would be left out or replaced without a word.',
        hint: 'Set `profile: current`, or remove the line.',
      };
}
