import type { Value } from '../../model/resource.ts';
import type { Components } from '../../spec/components.ts';
import { microsoftPackagesKey, type Tool, tools, toolsOf2021 } from './tools.ts';

/** A step of the build: a shell without anything that is fetched and run unseen. */
function shell(name: string, lines: readonly string[]): Value {
  return { type: 'Shell', name, inline: ['set -euo pipefail', ...lines] };
}

const asRoot = (command: string): string => `sudo ${command}`;
const write = (path: string, lines: readonly string[]): string =>
  `printf '%s\\n' ${lines.map((line) => `'${line}'`).join(' ')} | sudo tee ${path} > /dev/null`;

/** Fetch to a file, compare its digest, and only then unpack. */
function installTool({ name, url, sha256, member }: Tool): readonly string[] {
  const file = `/tmp/${name}.download`;
  const fetched = [
    `curl --fail --silent --show-error --location --proto '=https' --tlsv1.2 --output ${file} '${url}'`,
    `echo '${sha256}  ${file}' | sha256sum --check --strict`,
  ];
  const target = `/usr/local/bin/${name}`;
  if (member === undefined)
    return [...fetched, asRoot(`install -o root -g root -m 0755 ${file} ${target}`), `rm ${file}`];
  const unpacked = `/tmp/${name}.program`;
  const unpack = url.endsWith('.zip')
    ? `unzip -p ${file} '${member}' > ${unpacked}`
    : `tar --extract --gzip --to-stdout --file ${file} '${member}' > ${unpacked}`;
  return [
    ...fetched,
    unpack,
    asRoot(`install -o root -g root -m 0755 ${unpacked} ${target}`),
    `rm ${file} ${unpacked}`,
  ];
}

const aptQuiet = 'sudo DEBIAN_FRONTEND=noninteractive apt-get --yes --quiet';

/** What differs between the releases of Ubuntu that images are built from. */
const releases = {
  'ubuntu-24.04': {
    suite: 'noble',
    // Beside the publisher's own settings, which include it.
    sshSettings: { file: '/etc/ssh/sshd_config.d/10-regulated.conf', besides: [] },
    showKeys: 'gpg --show-keys --with-colons',
    tools,
  },
  'ubuntu-18.04': {
    suite: 'bionic',
    // Its server includes no other file: this is the whole of it.
    sshSettings: { file: '/etc/ssh/sshd_config', besides: ['UsePAM yes', 'PrintMotd no', 'AcceptEnv LANG LC_*'] },
    showKeys: 'gpg --with-colons --import-options show-only --import',
    tools: toolsOf2021,
  },
} as const;

/** From the publisher's image to ours: patched, hardened, with the tools of operators. */
export const customizations = (release: Components['jumpBoxImage']): readonly Value[] => {
  const { suite, sshSettings, showKeys, tools: programs } = releases[release];
  return [
    shell('update', [
      `${aptQuiet} update`,
      `${aptQuiet} dist-upgrade`,
      `${aptQuiet} install auditd chrony gnupg unattended-upgrades unzip`,
    ]),
    shell('harden-login', [
      write(sshSettings.file, [
        ...sshSettings.besides,
        'PermitRootLogin no',
        'PasswordAuthentication no',
        'KbdInteractiveAuthentication no',
        'PermitEmptyPasswords no',
        'X11Forwarding no',
        'AllowTcpForwarding no',
        'AllowAgentForwarding no',
        'MaxAuthTries 3',
        'ClientAliveInterval 300',
        'ClientAliveCountMax 3',
        'LogLevel VERBOSE',
      ]),
      asRoot('sshd -t'),
    ]),
    shell('harden-system', [
      write('/etc/sysctl.d/60-regulated.conf', [
        'kernel.dmesg_restrict = 1',
        'kernel.kptr_restrict = 2',
        'kernel.yama.ptrace_scope = 2',
        'net.ipv4.conf.all.accept_redirects = 0',
        'net.ipv4.conf.all.send_redirects = 0',
        'net.ipv4.conf.all.accept_source_route = 0',
        'net.ipv4.conf.all.log_martians = 1',
        'net.ipv4.ip_forward = 0',
        'fs.suid_dumpable = 0',
      ]),
      write('/etc/security/limits.d/60-regulated.conf', ['* hard core 0']),
      write('/etc/audit/rules.d/60-regulated.rules', [
        '-w /etc/passwd -p wa -k identity',
        '-w /etc/sudoers -p wa -k privilege',
        '-w /etc/sudoers.d -p wa -k privilege',
        '-w /etc/ssh -p wa -k login',
        '-w /usr/local/bin -p wa -k tools',
        '-a always,exit -F arch=b64 -S adjtimex,settimeofday,clock_settime -k time',
      ]),
      asRoot('systemctl enable auditd chrony unattended-upgrades'),
      `${aptQuiet} purge --auto-remove telnet ftp rsh-client || true`,
    ]),
    shell('azure-cli', [
      `curl --fail --silent --show-error --location --proto '=https' --tlsv1.2 --output /tmp/microsoft.asc '${microsoftPackagesKey.url}'`,
      `${showKeys} /tmp/microsoft.asc | grep -q '^fpr:::::::::${microsoftPackagesKey.fingerprint}:$'`,
      asRoot('install -d -m 0755 /etc/apt/keyrings'),
      'gpg --dearmor < /tmp/microsoft.asc | sudo tee /etc/apt/keyrings/microsoft.gpg > /dev/null',
      write('/etc/apt/sources.list.d/azure-cli.list', [
        `deb [arch=amd64 signed-by=/etc/apt/keyrings/microsoft.gpg] https://packages.microsoft.com/repos/azure-cli/ ${suite} main`,
      ]),
      `${aptQuiet} update`,
      `${aptQuiet} install azure-cli`,
      'rm /tmp/microsoft.asc',
    ]),
    ...programs.map((tool) => shell(`tool-${tool.name}`, installTool(tool))),
    shell('clean', [
      `${aptQuiet} autoremove`,
      `${aptQuiet} clean`,
      asRoot('find /home /root -name authorized_keys -delete'),
    ]),
  ];
};

/** What must be true of the image before it is given to anybody. */
export const validations: readonly Value[] = [
  shell('tools-run', [
    'kubectl version --client',
    'helm version --short',
    'flux --version',
    'kubelogin --version',
    'az version',
  ]),
  shell('login-is-hard', [
    "sudo sshd -T | grep -qx 'passwordauthentication no'",
    "sudo sshd -T | grep -qx 'permitrootlogin no'",
    "sudo sshd -T | grep -qx 'allowtcpforwarding no'",
    'systemctl is-enabled auditd chrony unattended-upgrades',
  ]),
];
