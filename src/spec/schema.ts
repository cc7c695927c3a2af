import * as z from 'zod';
import { cardholderData } from './schema/cardholder-data.ts';
import { gitops } from './schema/cluster.ts';
import { egress } from './schema/egress.ts';
import { images } from './schema/images.ts';
import { clusters, hubs, imageSpoke } from './schema/network.ts';
import { budget, contacts, retention, tags } from './schema/operation.ts';
import { azure, domains, environment, organization, profile } from './schema/organization.ts';
import { workload } from './schema/workload.ts';

/** The sections of the user's file, in the order in which the documentation shows them. */
export const sections = {
  profile,
  organization,
  environment,
  azure,
  domains,
  hubs,
  imageSpoke,
  clusters,
  gitops,
  egress,
  cardholderData,
  workload,
  images,
  retention,
  budget,
  tags,
  contacts,
};

/** The user's file `landing-zone.yaml`: the one source of its types, its JSON Schema and its documentation. */
export const landingZoneSchema = z.strictObject(sections);

/** The file with the defaults of its schema filled in; what depends on other values is still open. */
export type LandingZoneFile = z.infer<typeof landingZoneSchema>;

export type SectionName = keyof typeof sections;
export const sectionNames = Object.keys(sections) as readonly SectionName[];
