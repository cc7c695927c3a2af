export const agentsNamespace = 'falco-system';
/** The agent that watches system calls on every node. */
export const falcoName = 'falco';
