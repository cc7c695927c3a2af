import type { Components } from '../../spec/components.ts';

/** That no key in a home directory counts: in a file beside the server's own, or at its end where it reads no other. */
const noLocalKeys = {
  'ubuntu-24.04': {
    file: `  - path: /etc/ssh/sshd_config.d/05-no-local-keys.conf
    owner: root:root
    permissions: '0600'
    content: |
      AuthorizedKeysFile none
`,
    command: '',
  },
  'ubuntu-18.04': {
    file: '',
    command: "  - [sh, -c, 'echo AuthorizedKeysFile none >> /etc/ssh/sshd_config']\n",
  },
} as const;

/**
 * What a jump box does when it first starts. It has no local users: people sign in with their own account of Entra, and leave it under
 * their own name in the log. `users: []` also keeps the account that Azure insists on from being made.
 */
const cloudInit = (release: Components['jumpBoxImage']): string => `#cloud-config
users: []
disable_root: true
ssh_pwauth: false
ssh_deletekeys: true
package_update: false
ntp:
  enabled: true
  ntp_client: chrony
  servers: [ntp.ubuntu.com]
write_files:
${noLocalKeys[release].file}  - path: /etc/profile.d/idle.sh
    owner: root:root
    permissions: '0644'
    content: |
      # PCI DSS 8.2.8: fifteen minutes.
      TMOUT=900
      readonly TMOUT
      export TMOUT
runcmd:
${noLocalKeys[release].command}  - [systemctl, reload, ssh]
`;

/** As Azure takes it. */
export function customData(release: Components['jumpBoxImage']): string {
  return Buffer.from(cloudInit(release)).toString('base64');
}
