import type { Principal } from '../protocol/tokens.ts';

/** A request to a data plane, taken apart. */
export interface DataCall {
  readonly method: string;
  readonly url: URL;
  /** Decoded, below the host. */
  readonly segments: readonly string[];
  readonly headers: Headers;
  readonly bytes: Uint8Array;
  readonly principal: Principal;
}
