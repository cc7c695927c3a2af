import { minutes } from '../kernel/units.ts';
import type { Stage } from '../model/stage.ts';
import { clusterStages } from './cluster/stages.ts';

/** The stages that the blueprint fills, in the order of a deployment. Times: the original's walkthrough, and Azure's usual for a hub. */
export const stages: readonly Stage[] = [
  {
    name: 'subscription',
    role: 'governance',
    title: 'Subscription',
    runsFrom: 'anywhere',
    needs: [],
    gives: ['resource groups for hubs and spokes'],
    expected: minutes(1),
  },
  {
    name: 'hub',
    role: 'network',
    title: 'Hub network',
    runsFrom: 'anywhere',
    needs: ['subscription'],
    gives: [
      'hub networks with firewall and Bastion',
      'private DNS zones',
      'a log workspace for each hub',
      'firewall rules for building images',
    ],
    expected: minutes(15),
  },
  {
    name: 'image-spoke',
    role: 'network',
    title: 'Network for building images',
    runsFrom: 'anywhere',
    needs: ['hub'],
    gives: ['subnets for image builds, peered with the hub and routed through its firewall'],
    expected: minutes(2),
  },
  {
    name: 'jump-box-image',
    role: 'operations',
    title: 'Image of jump boxes',
    runsFrom: 'anywhere',
    needs: ['image-spoke'],
    gives: ['a gallery, and in it an image with the tools of operators, built and checked'],
    expected: minutes(45),
  },
  {
    name: 'cluster-spoke',
    role: 'network',
    title: 'Cluster networks',
    runsFrom: 'anywhere',
    needs: ['hub'],
    gives: ['a network for each cluster with its subnets, security groups, routes and peerings'],
    expected: minutes(5),
  },
  {
    name: 'hub-rules',
    role: 'network',
    title: 'Firewall rules for the clusters',
    runsFrom: 'anywhere',
    needs: ['hub', 'cluster-spoke'],
    gives: ['the names that nodes, pods, jump boxes and build agents may reach'],
    expected: minutes(7),
  },
  ...clusterStages,
  {
    name: 'alerts',
    role: 'operations',
    title: 'Alerts',
    runsFrom: 'anywhere',
    needs: ['hub', 'cluster-spoke'],
    gives: ['alerts that reach people, rules that open incidents, searches and a page for assessors'],
    expected: minutes(4),
  },
];
