/** Where a resource lives or a deployment goes. */
export type Scope = { readonly kind: 'subscription' } | { readonly kind: 'resourceGroup'; readonly name: string };
