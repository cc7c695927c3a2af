import { ArmError } from '../../../arm/arm-error.ts';
import type { Reply } from '../../protocol/call.ts';

/** A refusal of a registry: codes of the OCI distribution specification 1.1, "Error Codes". */
export function registryError(status: number, code: string, message: string): ArmError {
  return new ArmError(status, { code, message });
}

/** Registries answer with a list of errors. */
export function registryReply({ status, body }: ArmError): Reply {
  return {
    status,
    headers: { 'docker-distribution-api-version': 'registry/2.0' },
    body: { errors: [{ code: body.code, message: body.message }] },
  };
}
