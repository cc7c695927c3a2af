import type { Profile } from './components.ts';

/** Where editors look for the schema: `aks-regulated schema print > landing-zone.schema.json` puts it there. */
const schemaFile = './landing-zone.schema.json';

/**
 * The commented `landing-zone.yaml` that `init` writes. It loads as it is. A line whose `#` is followed by a key, or by
 * two spaces and more, is an option with its default or an example: taking the `#` away keeps the file valid.
 */
export function initialSpec(profile: Profile): string {
  return profile === 'current' ? text(profile) : reduced(text(profile));
}

/** Without the examples that only profile `current` takes. */
function reduced(all: string): string {
  return all
    .replace('version: "1.36"', 'version: "1.21"')
    .replace('applicationGateway: 10.240.5.0/24', 'applicationGateway: 10.240.4.16/28')
    .replace('Standard_D4ds_v5', 'Standard_DS3_v2')
    .replace('With a /26 the subnets are derived', 'With a /28 the subnet is derived')
    .replace('addressSpace: 10.241.0.0/26', 'addressSpace: 10.241.0.0/28');
}

const text = (profile: string): string => `# yaml-language-server: $schema=${schemaFile}
# A regulated AKS landing zone. Everything that is left out has a default.
# For completion and checks while you type: aks-regulated schema print > landing-zone.schema.json
# To use an option, take the # off its lines. Secrets never go into this file.

profile: ${profile}

# Part of resource names and tags. The numbers have four digits and stand in quotes.
organization:
  name: contoso
  businessUnit: "0001"
  application: "0005"

# production, staging, test or development.
#environment: production

# Made-up ids: good for local Azure, refused by the real one. Put in your own:
# az account show --query "{tenantId: tenantId, subscriptionId: id}"
# az ad group show --group NAME --query id
azure:
  tenantId: 11111111-1111-4111-8111-111111111111
  subscriptionId: 22222222-2222-4222-8222-222222222222
  clusterAdminGroupId: 33333333-3333-4333-8333-333333333333

# What card holders ask for, and the private domain between Application Gateway and the clusters.
domains:
  public: bicycle.contoso.com
  ingress: aks-ingress.contoso.com

# One hub a region; by default one wherever there is a cluster. With a /24 the subnets are derived.
#hubs:
#  - region: eastus2
#    network:
#      addressSpace: 10.200.0.0/24

# Where the images of jump boxes are built. With a /26 the subnets are derived.
#imageSpoke:
#  network:
#    addressSpace: 10.241.0.0/26

# Each cluster has a spoke network of its own. With a /16 the subnets are derived; each can be given by itself.
clusters:
  - name: "01"
    region: eastus2
#    network:
#      addressSpace: 10.240.0.0/16
#      services: 172.16.0.0/16
#      subnets:
#        applicationGateway: 10.240.5.0/24
#    kubernetes:
#      version: "1.36"
#    nodePools:
#      inScope: { size: Standard_D4ds_v5, minimum: 2, maximum: 5 }
#    gateway: { minimum: 2, maximum: 10 }

# The authority whose signatures on the configuration of the clusters count. Until it is given, Flux applies nothing.
#gitops: {}

# What may leave beyond what the platform needs; everything else is denied. After the day the allowance ends by itself.
#egress:
#  - name: payment-provider
#    from: in-scope
#    to: [api.payments.example]
#    reason: Authorisation of card payments
#    owner: payments@contoso.com
#    expires: 2027-06-30

# Where cardholder data flows and what each component is to PCI DSS: infrastructure alone cannot tell.
#cardholderData:
#  flows:
#    - from: browser
#      to: application-gateway
#      protocol: HTTPS
#      data: primary account number
#  components:
#    - name: web-frontend
#      scope: in-scope
#      because: It takes card numbers from the browser

# Which component calls which. Nothing else is opened between them.
#workload:
#  entrance: web-frontend
#  calls: []

# Digests of images that are not known yet; images.yaml lists what is missing.
#images: []

# In days. PCI DSS 10.5.1 asks for a year in all and three months at once.
#retention:
#  logs: 365
#  interactive: 90

# What a month may cost before operations is told, in the currency of the bill.
#budget:
#  monthly: 6000

# On every resource.
#tags:
#  data-classification: confidential

# Whom alerts go to.
#contacts:
#  security: [security@contoso.com]
#  operations: [operations@contoso.com]
`;
