/** The body of an error as ARM returns it: `{"error": {…}}` holds one. */
export interface ArmErrorBody {
  readonly code: string;
  readonly message: string;
  readonly target?: string;
  readonly details?: readonly ArmErrorBody[];
  readonly additionalInfo?: readonly { readonly type: string; readonly info: unknown }[];
}

/** A failure in the terms of Azure Resource Manager: its own code and message, with the HTTP status it is sent with. */
export class ArmError extends Error {
  override readonly name = 'ArmError';
  readonly status: number;
  readonly body: ArmErrorBody;

  constructor(status: number, body: ArmErrorBody) {
    super(`${body.code}: ${body.message}`);
    this.status = status;
    this.body = body;
  }
}
