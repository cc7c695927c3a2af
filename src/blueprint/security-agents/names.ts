export const agentsNamespace = 'falco-system';
