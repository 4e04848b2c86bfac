import { type Connection, filterBy, ListReader, list, type PageArguments, rangedList, rowById } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import type { CommitteeLevel } from '@hub/regions';
import { codesOfLevel } from '@hub/subgraph-server';
import { and, isNull, sql } from 'drizzle-orm';
import { type DaysAsked, dayConditions, daysAsked } from '../days.ts';
import type { Range } from '../owned.ts';
import { serviceRequest } from '../tables.ts';

const { placeholder } = sql;

const requestFields = {
  id: serviceRequest.id,
  owner: serviceRequest.owner,
  kind: serviceRequest.kind,
  title: serviceRequest.title,
  description: serviceRequest.description,
  filedAs: serviceRequest.filedAs,
  status: serviceRequest.status,
  requested: serviceRequest.requested,
  requestedFrom: serviceRequest.requestedFrom,
  resolution: serviceRequest.resolution,
  resolved: serviceRequest.resolved,
  workstation: serviceRequest.workstation,
  region: serviceRequest.region,
  figures: serviceRequest.figures,
  visibility: serviceRequest.visibility,
  source: serviceRequest.source,
  revision: serviceRequest.revision,
  created: serviceRequest.created,
  modified: serviceRequest.modified,
};
export type ServiceRequest = Awaited<ReturnType<typeof requestsById.run>>[number];

const requestsById = statement(
  build
    .select(requestFields)
    .from(serviceRequest)
    .where(and(sql`${serviceRequest.id} = any(${placeholder('ids')}::uuid[])`, isNull(serviceRequest.deleted))),
);

const conditions = {
  ...dayConditions(serviceRequest.requestedFrom, serviceRequest.requestedUntil),
  kinds: sql`${serviceRequest.kind} = any(${placeholder('kinds')}::text[])`,
  statuses: sql`${serviceRequest.status} = any(${placeholder('statuses')}::text[])`,
  level: sql`${serviceRequest.owner} ~ ${placeholder('level')}`,
};
const orders = {
  REQUESTED_DESC: { by: ['requestedFrom'], descending: true },
  MODIFIED_DESC: { by: ['modified'], descending: true },
} as const;

const searched = { schema: 'workstations', type: 'service_request', walksNation: true };
const requestsIn = rangedList({
  name: 'service requests',
  table: serviceRequest,
  fields: requestFields,
  owner: serviceRequest.owner,
  province: serviceRequest.province,
  searched,
  orders,
  counters: {
    schema: 'workstations',
    type: 'service_request',
    conditions: {
      kinds: sql`kind = any(${placeholder('kinds')}::text[])`,
      level: sql`owner ~ ${placeholder('level')}`,
    },
  },
});
const requestsOfWorkstation = list({
  name: 'service requests of workstation',
  table: serviceRequest,
  fields: requestFields,
  key: { workstation: 'uuid' },
  searched,
  tie: sql`${serviceRequest.workstation} = key.workstation`,
  orders,
});

/** How a list of service requests is asked for. */
export interface ServiceRequestsAsked extends PageArguments {
  readonly filter?:
    | (DaysAsked & {
        readonly kinds?: readonly string[] | null;
        readonly statuses?: readonly string[] | null;
        readonly level?: CommitteeLevel | null;
        readonly text?: string | null;
      })
    | null;
  readonly orderBy: keyof typeof orders;
}
const options = (asked: ServiceRequestsAsked) => ({
  page: asked,
  order: asked.orderBy,
  filter: filterBy(conditions, {
    ...asked.filter,
    ...daysAsked(asked.filter),
    level: asked.filter?.level && codesOfLevel[asked.filter.level],
  }),
});

/** What the public asks for, for one fetch. */
export class ServiceRequestStore {
  readonly #lists: ListReader;
  readonly requests;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.requests = rowById(scope, requestsById);
  }

  requestsIn(range: Range, asked: ServiceRequestsAsked): Connection<ServiceRequest> {
    return this.#lists.connection(requestsIn(range), range, options(asked));
  }

  requestsOfWorkstation(workstation: string, asked: ServiceRequestsAsked): Connection<ServiceRequest> {
    return this.#lists.connection(requestsOfWorkstation, { workstation }, options(asked));
  }
}
