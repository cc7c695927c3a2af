/** Built-in policies that can deny and matter to a landing zone of clusters, by id. Source: Azure/azure-policy, 2026-04-29. */
export const deniable: Readonly<Record<string, string>> = {
  '040732e8-d947-40b8-95d6-854c95024bf8': 'clusters with a public API server',
  '993c2fcd-2b29-49d2-9eb0-df2c3a730c32': 'clusters with local accounts',
  '41425d9f-d1a5-499a-9932-f8ed8453932c': 'nodes that do not encrypt at the host',
  '564feb30-bf6a-4854-b4bb-0d2d2d1e6c66': 'gateways without a web application firewall',
  '12430be1-6cc8-4527-a9a8-e3d38f250096': 'web application firewalls that only detect',
  '0fdf0491-d080-4575-b627-ad0e843cba0f': 'registries with a public endpoint',
  '0b60c0b2-2dc2-4e1c-b5c9-abbed971de53': 'vaults that can be purged',
  '12d4fa5e-1f9f-4c21-97a9-b99b3c6611b5': 'vaults with access policies',
  '152b15f7-8e1f-4c1f-ab71-8c010ba5dbc0': 'keys that never expire',
  '4fa4b6c0-31ca-4c0d-b10d-24b96f62a751': 'storage with public blobs',
  '8c6a50c6-9ffd-4ae7-986f-5fa6111f9a54': 'storage with shared keys',
  '404c3081-a854-4457-ae30-26a93ef643f9': 'storage over plain HTTP',
  '34c877ad-507e-4c82-993e-3452a6e0ad3c': 'storage open to every network',
  '6c53d030-cc64-46f0-906d-2bc061cd1334': 'log workspaces with public endpoints',
  'e15effd4-2278-4c65-a0da-4d6f6d1890e2': 'log workspaces with shared keys',
  'a08ec900-254a-4555-9bf5-e42af04b5c5c': 'types of resources that nobody decided on',
};

/** Those that the reference implementation of 2021-12-14 assigned; since when the others are there, nobody has published. */
export const deniableIn2021: ReadonlySet<string> = new Set([
  '41425d9f-d1a5-499a-9932-f8ed8453932c',
  'a08ec900-254a-4555-9bf5-e42af04b5c5c',
]);

/** Those that deny unless an assignment says otherwise. */
export const denyByDefault: ReadonlySet<string> = new Set(['a08ec900-254a-4555-9bf5-e42af04b5c5c']);
