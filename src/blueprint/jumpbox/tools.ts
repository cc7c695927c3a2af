/** A program that operators have on a jump box: one release, by its digest. */
export interface Tool {
  readonly name: string;
  readonly version: string;
  readonly url: string;
  /** SHA-256 of what the address gives. */
  readonly sha256: string;
  /** Where the program stands in the archive; absent where the file is the program. */
  readonly member?: string;
}

/**
 * Releases for x86-64. Digests as their publishers give them: dl.k8s.io and get.helm.sh beside each file, flux's release checksums,
 * Microsoft's Homebrew formula for kubelogin.
 */
export const tools: readonly Tool[] = [
  {
    name: 'kubectl',
    version: '1.36.2',
    url: 'https://dl.k8s.io/release/v1.36.2/bin/linux/amd64/kubectl',
    sha256: '1e9045ec32bea85da43de85f0065358529ea7c7a152eca78154fba5b58c27d82',
  },
  {
    name: 'helm',
    version: '3.21.4',
    url: 'https://get.helm.sh/helm-v3.21.4-linux-amd64.tar.gz',
    sha256: '61f88ab166748cb19604d7884cb100ae9ccb13804ddeb98e08af167eacbb6a14',
    member: 'linux-amd64/helm',
  },
  {
    name: 'flux',
    version: '2.7.5',
    url: 'https://github.com/fluxcd/flux2/releases/download/v2.7.5/flux_2.7.5_linux_amd64.tar.gz',
    sha256: '1e92141e8498289e4b27411385aeb18396053176cf297b0cb99abd6ca8293e75',
    member: 'flux',
  },
  {
    name: 'kubelogin',
    version: '0.2.20',
    url: 'https://github.com/Azure/kubelogin/releases/download/v0.2.20/kubelogin-linux-amd64.zip',
    sha256: '2e92450a929dd2aec4da818b40dd4fda97aaeae2d6cd9c1074cc1371210f4ab9',
    member: 'bin/linux_amd64/kubelogin',
  },
];

/**
 * Those of a jump box of 2021, of the version of its clusters: kubectl signs in by itself, and Flux is put in by its manifests. Digests:
 * dl.k8s.io and get.helm.sh beside each file.
 */
export const toolsOf2021: readonly Tool[] = [
  {
    name: 'kubectl',
    version: '1.21.2',
    url: 'https://dl.k8s.io/release/v1.21.2/bin/linux/amd64/kubectl',
    sha256: '55b982527d76934c2f119e70bf0d69831d3af4985f72bb87cd4924b1c7d528da',
  },
  {
    name: 'helm',
    version: '3.6.3',
    url: 'https://get.helm.sh/helm-v3.6.3-linux-amd64.tar.gz',
    sha256: '07c100849925623dc1913209cd1a30f0a9b80a5b4d6ff2153c609d11b043e262',
    member: 'linux-amd64/helm',
  },
];

/** Microsoft's signing key for packages.microsoft.com. Source: Microsoft, "Linux package repository for Microsoft products". */
export const microsoftPackagesKey = {
  url: 'https://packages.microsoft.com/keys/microsoft.asc',
  fingerprint: 'BC528686B50D79E339D3721CEB3E94ADBE1229CF',
} as const;
