/**
 * What a jump box does when it first starts. It has no local users: people sign in with their own account of Entra, and leave it under
 * their own name in the log. `users: []` also keeps the account that Azure insists on from being made.
 */
export const cloudInit = `#cloud-config
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
  - path: /etc/ssh/sshd_config.d/05-no-local-keys.conf
    owner: root:root
    permissions: '0600'
    content: |
      AuthorizedKeysFile none
  - path: /etc/profile.d/idle.sh
    owner: root:root
    permissions: '0644'
    content: |
      # PCI DSS 8.2.8: fifteen minutes.
      TMOUT=900
      readonly TMOUT
      export TMOUT
runcmd:
  - [systemctl, reload, ssh]
`;

/** As Azure takes it. */
export function customData(): string {
  return Buffer.from(cloudInit).toString('base64');
}
