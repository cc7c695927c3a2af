import type { Json } from '../../kernel/canonical-json.ts';
import type { ClusterSpec } from '../../spec/spec.ts';
import { clusterRefs } from '../cluster/refs.ts';
import type { BuildContext } from '../context.ts';
import type { PartDraft } from '../draft.ts';
import { ingressHost } from '../gateway/build.ts';
import { signingAuthority, signingCertificate, vaultSecrets } from '../vault/contents.ts';

/** What is put into the vaults once they are there: authorities of our own and what they issue. The keys are made in the vaults. */
export function buildCertificates(context: BuildContext): PartDraft {
  const plan = { vaults: context.spec.clusters.map((cluster) => vaultPlan(context, cluster)) };
  return {
    name: 'certificates',
    resources: [],
    claims: [],
    decisions: [],
    intents: [],
    tasks: [{ name: 'certificates', stage: 'certificates', kind: 'certificates', plan }],
  };
}

/** Ten years for what others trust, thirteen months for what servers show (the limit of browsers is 398 days). */
const authorityMonths = 120;
const serverMonths = 12;
/** The mesh’s own authority is renewed by a new key every other year. */
const meshMonths = 36;

function vaultPlan(context: BuildContext, cluster: ClusterSpec): Json {
  const { spec } = context;
  const host = ingressHost(context, cluster);
  const name = (common: string): string => `CN=${common}, OU=${spec.environment}, O=${spec.organization.name}`;
  const authority = (key: string, secret: string, what: string, pathLength = 0): Json => ({
    name: key,
    secret,
    subject: name(`${what} of ${cluster.name}`),
    validityMonths: authorityMonths,
    pathLength,
  });
  return {
    vault: `${clusterRefs(context, cluster).vault.name}.vault.azure.net`,
    cluster: clusterRefs(context, cluster).cluster.name,
    authorities: [
      authority('listener-authority', 'listener-authority', 'Listener authority'),
      authority('ingress-authority', vaultSecrets.ingressAuthority, 'Ingress authority'),
      authority('mesh-root', vaultSecrets.meshRoot, 'Mesh root', 1),
      authority(signingAuthority, signingAuthority, 'Release authority'),
    ],
    certificates: [
      {
        name: vaultSecrets.gatewayListener,
        use: 'server',
        subject: name(spec.domains.public),
        dnsNames: [spec.domains.public],
        issuer: 'listener-authority',
        // Application Gateway reads this form alone.
        contentType: 'application/x-pkcs12',
        exportable: true,
        validityMonths: serverMonths,
      },
      {
        name: vaultSecrets.ingressServer,
        use: 'server',
        subject: name(host),
        dnsNames: [host, `*.${spec.domains.ingress}`],
        issuer: 'ingress-authority',
        contentType: 'application/x-pem-file',
        exportable: true,
        validityMonths: serverMonths,
      },
      {
        name: signingCertificate,
        use: 'signing',
        subject: name(`Releases of ${cluster.name}`),
        dnsNames: [],
        issuer: signingAuthority,
        contentType: 'application/x-pem-file',
        exportable: false,
        validityMonths: serverMonths,
      },
    ],
    intermediates: [
      {
        certificate: vaultSecrets.meshAuthority,
        key: vaultSecrets.meshAuthorityKey,
        chain: vaultSecrets.meshChain,
        root: vaultSecrets.meshRoot,
        subject: name(`Mesh authority of ${cluster.name}`),
        issuer: 'mesh-root',
        validityMonths: meshMonths,
      },
    ],
  };
}
