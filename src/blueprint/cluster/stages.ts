import { minutes } from '../../kernel/units.ts';
import type { Stage } from '../../model/stage.ts';

/** The stages of a cluster and of what it needs, once its network is there, in the order of a deployment. Times: the original's walkthrough, and Azure's usual. */
export const clusterStages: readonly Stage[] = [
  {
    name: 'supply',
    role: 'operations',
    title: 'Vaults, registries, identities',
    runsFrom: 'anywhere',
    needs: ['cluster-spoke', 'hub-rules'],
    gives: ['vaults with keys, and registries, at private endpoints', 'every identity with its rights'],
    expected: minutes(10),
  },
  {
    name: 'jump-boxes',
    role: 'operations',
    title: 'Jump boxes',
    runsFrom: 'anywhere',
    needs: ['jump-box-image', 'cluster-spoke', 'hub-rules'],
    gives: ['machines from which clusters are administered, reached through Bastion'],
    expected: minutes(6),
  },
  {
    name: 'certificates',
    role: 'security',
    title: 'Certificates and keys',
    runsFrom: 'inside',
    needs: ['supply'],
    gives: ['certificates and keys in the vaults, each with its end and its renewal'],
    expected: minutes(1),
  },
  {
    name: 'cluster',
    role: 'operations',
    title: 'Clusters',
    runsFrom: 'anywhere',
    needs: ['supply'],
    gives: ['a private cluster with its node pools, and windows for its changes'],
    expected: minutes(20),
  },
  {
    name: 'cluster-identity',
    role: 'operations',
    title: 'Identities of pods, and the mesh',
    runsFrom: 'anywhere',
    needs: ['cluster', 'certificates'],
    gives: ['trust between service accounts and identities', 'the service mesh with an authority of ours'],
    expected: minutes(10),
  },
  {
    name: 'gitops',
    role: 'operations',
    title: 'Flux',
    runsFrom: 'inside',
    needs: ['cluster-identity'],
    gives: ['a cluster that follows its signed configuration'],
    expected: minutes(10),
  },
  {
    name: 'gateway',
    role: 'network',
    title: 'Application Gateway',
    runsFrom: 'anywhere',
    needs: ['cluster-spoke', 'supply', 'cluster-identity', 'gitops'],
    gives: ['the way in, behind a web application firewall'],
    expected: minutes(10),
  },
];
