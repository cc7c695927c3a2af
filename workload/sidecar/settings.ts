import { readFileSync } from 'node:fs';

/** What a sidecar is told at start, as a JSON file. Ports of 0 are chosen by the system and said in the `started` line. */
export interface SidecarSettings {
  readonly pod: { readonly namespace: string; readonly name: string };
  /** Folders of manifests: who is there and what the policies say. */
  readonly manifests: readonly string[];
  /** PEM files: this pod's certificate and key, and the mesh's authority. */
  readonly identity: { readonly certificate: string; readonly key: string; readonly authority: string };
  /** A JSON file: `Endpoints`. Read again on `POST /reload`, like the manifests. */
  readonly endpoints: string;
  /** The address to listen on for other sidecars. */
  readonly inboundAddress: string;
  readonly inboundPort: number;
  readonly outboundPort: number;
  readonly adminPort: number;
  /** Where hosts outside are, for policies: their addresses; and the firewall that leads there. */
  readonly outside: {
    readonly addresses: Readonly<Record<string, string>>;
    readonly firewall: { readonly host: string; readonly port: number };
  };
  /** Longest wait for a connection that may be made. Milliseconds. */
  readonly connectMs: number;
  /** How long a caller waits for one that a NetworkPolicy drops: in a cluster the same time-out; apart, so that a test need not wait. */
  readonly dropMs: number;
  /** False where the network itself enforces NetworkPolicy, as in a cluster. */
  readonly enforceNetworkPolicy: boolean;
  /** For the ingress only: its own listener, and the address that its clients stand for. */
  readonly gateway?: {
    readonly port: number;
    readonly certificate: string;
    readonly key: string;
    readonly clientAddress: string;
  };
}

/** Where pods really are: `namespace/name` to the sidecar's inbound listener and to the application beside it. */
export type Endpoints = Readonly<
  Record<string, { readonly inbound: { readonly host: string; readonly port: number }; readonly application?: number }>
>;

/** The file is written by the program that starts the sidecar, so its shape is taken as it is. */
export function readSettings(file: string): SidecarSettings {
  return JSON.parse(readFileSync(file, 'utf8')) as SidecarSettings;
}

export function readEndpoints(file: string): Endpoints {
  return JSON.parse(readFileSync(file, 'utf8')) as Endpoints;
}
