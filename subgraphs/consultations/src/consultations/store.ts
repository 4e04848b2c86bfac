import {
  type CodeRange,
  type Connection,
  filterBy,
  frequent,
  ListReader,
  list,
  type PageArguments,
  rangedList,
  rowById,
  rowsByKey,
} from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import type { AnyPgColumn, AnyPgTable } from 'drizzle-orm/pg-core';
import {
  consultation,
  consultationOrganization,
  cooperationLink,
  host,
  hostPlatform,
  onlineMeeting,
  participant,
} from '../tables.ts';
import { type ConsultationFilter, filterValues } from './filter.ts';
import { nextNumberLoader } from './meeting-number.ts';
import { partsById, partsOfConsultations } from './parts.ts';
import { coHostedFromOutside } from './range.ts';
import { SummaryReader } from './summary.ts';

const { placeholder } = sql;

const consultationFields = {
  id: consultation.id,
  owner: consultation.owner,
  title: consultation.title,
  kind: consultation.kind,
  localKind: consultation.localKind,
  status: consultation.status,
  since: consultation.since,
  term: consultation.term,
  // `ordinal` is the key's in every list.
  ordinalInTerm: consultation.ordinal,
  organization: consultation.organization,
  author: consultation.author,
  places: consultation.places,
  signUpOpens: consultation.signUpOpens,
  signUpCloses: consultation.signUpCloses,
  noticed: consultation.noticed,
  recordedBy: consultation.recordedBy,
  entered: consultation.entered,
  reason: consultation.reason,
  liveStream: consultation.liveStream,
  held: consultation.held,
  heldFrom: consultation.heldFrom,
  heldUntil: consultation.heldUntil,
  place: consultation.place,
  region: consultation.region,
  topics: consultation.topics,
  description: consultation.description,
  follows: consultation.follows,
  figures: consultation.figures,
  visibility: consultation.visibility,
  source: consultation.source,
  revision: consultation.revision,
  created: consultation.created,
  modified: consultation.modified,
};
export type Consultation = Awaited<ReturnType<typeof consultationsById.run>>[number];
const consultationsById = statement(
  build
    .select(consultationFields)
    .from(consultation)
    .where(and(sql`${consultation.id} = any(${placeholder('ids')}::uuid[])`, isNull(consultation.deleted))),
);
const followersOfConsultations = statement(
  build
    .select(consultationFields)
    .from(consultation)
    .where(and(sql`${consultation.follows} = any(${placeholder('keys')}::uuid[])`, isNull(consultation.deleted)))
    .orderBy(asc(consultation.heldFrom), asc(consultation.id)),
);

export type Host = Awaited<ReturnType<typeof hostsOfConsultations.run>>[number];
const hostsOfConsultations = statement(
  build
    .select({
      consultation: host.consultation,
      committee: host.committee,
      role: host.role,
      workstation: hostPlatform.workstation,
      name: hostPlatform.name,
    })
    .from(host)
    .leftJoin(hostPlatform, and(eq(hostPlatform.host, host.id), isNull(hostPlatform.deleted)))
    .where(and(sql`${host.consultation} = any(${placeholder('keys')}::uuid[])`, isNull(host.deleted)))
    .orderBy(asc(host.position)),
);

const cooperationsOfConsultations = statement(
  build
    .select({ consultation: cooperationLink.consultation, cooperation: cooperationLink.cooperation })
    .from(cooperationLink)
    .where(
      and(sql`${cooperationLink.consultation} = any(${placeholder('keys')}::uuid[])`, isNull(cooperationLink.deleted)),
    ),
);

const organizationsOfConsultations = statement(
  build
    .select({
      consultation: consultationOrganization.consultation,
      organization: consultationOrganization.organization,
    })
    .from(consultationOrganization)
    .where(
      and(
        sql`${consultationOrganization.consultation} = any(${placeholder('keys')}::uuid[])`,
        isNull(consultationOrganization.deleted),
      ),
    ),
);

const onlineMeetingsOfConsultations = statement(
  build
    .select({
      consultation: onlineMeeting.consultation,
      link: onlineMeeting.link,
      platform: onlineMeeting.platform,
      visibility: onlineMeeting.visibility,
    })
    .from(onlineMeeting)
    .where(
      and(sql`${onlineMeeting.consultation} = any(${placeholder('keys')}::uuid[])`, isNull(onlineMeeting.deleted)),
    ),
);

const participantFields = {
  id: participant.id,
  member: participant.member,
  person: participant.person,
  role: participant.role,
  position: participant.position,
};
const participantsOfConsultation = list({
  name: 'participants of consultation',
  table: participant,
  fields: participantFields,
  key: { consultation: 'uuid' },
  tie: sql`${participant.consultation} = key.consultation`,
  orders: { POSITION: { by: ['position'], descending: false } },
});
export type Participant = Awaited<ReturnType<ReturnType<ConsultationStore['participantsOf']>['page']>>['rows'][number];

const coHosting = and(sql`${host.role} = 'CO_HOST'`, isNull(host.deleted));
// Subselects that name nothing of the row are read once for the whole list, and not once for each of its rows.
const conditions = {
  kinds: sql`${consultation.kind} = any(${placeholder('kinds')}::text[])`,
  statuses: sql`${consultation.status} = any(${placeholder('statuses')}::text[])`,
  level: sql`(${consultation.owner} ~ ${placeholder('level')} or ${consultation.id} in (select ${host.consultation} from ${host} where ${and(coHosting, sql`${host.committee} ~ ${placeholder('level')}`)}))`,
  from: sql`${consultation.heldUntil} >= ${placeholder('from')}::date`,
  // What is undated begins before every day and is found on none.
  until: sql`(${consultation.heldFrom} <= ${placeholder('until')}::date and ${consultation.heldFrom} > '-infinity')`,
  cooperation: sql`${consultation.id} in (select ${cooperationLink.consultation} from ${cooperationLink} where ${and(sql`${cooperationLink.cooperation} = ${placeholder('cooperation')}::uuid`, isNull(cooperationLink.deleted))})`,
  // By the rows that name it and not by the consultation's own column, which tells of organizations that not everybody may see.
  organization: sql`${consultation.id} in (select ${consultationOrganization.consultation} from ${consultationOrganization} where ${and(sql`${consultationOrganization.organization} = ${placeholder('organization')}::uuid`, isNull(consultationOrganization.deleted))})`,
  joint: sql`(${consultation.id} in (select ${host.consultation} from ${host} where ${coHosting})) = ${placeholder('joint')}::boolean`,
};
const orders = {
  HELD_DESC: { by: ['heldFrom'], descending: true },
  HELD_ASC: { by: ['heldFrom'], descending: false },
  TITLE_ASC: { by: ['title'], descending: false },
  MODIFIED_DESC: { by: ['modified'], descending: true },
} as const;
export type ConsultationOrder = keyof typeof orders;
const listed = {
  table: consultation,
  fields: consultationFields,
  searched: { schema: 'consultations', type: 'consultation', walksNation: true },
  orders,
};

/** What the committees of a range lead, and what they host with one outside it that leads. */
const consultationsIn = rangedList({
  ...listed,
  name: 'consultations',
  owner: consultation.owner,
  province: consultation.province,
  also: sql`${consultation.id} = any(${coHostedFromOutside})`,
  counters: {
    schema: 'consultations',
    type: 'consultation',
    conditions: {
      kinds: sql`split_part(kind, ' ', 1) = any(${placeholder('kinds')}::text[])`,
      statuses: sql`split_part(kind, ' ', 2) = any(${placeholder('statuses')}::text[])`,
    },
  },
});
const consultationsInRegion = list({
  ...listed,
  name: 'consultations in region',
  key: { lo: 'text', hi: 'text' },
  tie: sql`${consultation.region} >= key.lo and ${consultation.region} < key.hi`,
  // What is held in a region may be anybody's.
  searched: { ...listed.searched, index: { place: sql`null, null`, most: frequent, isWhole: false } },
});

type Reference = AnyPgTable & { readonly consultation: AnyPgColumn; readonly deleted: AnyPgColumn };
/** Consultations that hang on something of another subgraph, by way of the rows that refer to it. */
const consultationsThrough = (name: string, table: Reference, column: AnyPgColumn) =>
  list({
    ...listed,
    name: `consultations of ${name}`,
    key: { id: 'uuid' },
    tie: sql`${consultation.id} in (select ${table.consultation} from ${table} where ${column} = key.id and ${table.deleted} is null)`,
  });
const through = {
  member: consultationsThrough('member', participant, participant.member),
  person: consultationsThrough('person', participant, participant.person),
  workstation: consultationsThrough('workstation', hostPlatform, hostPlatform.workstation),
  cooperation: consultationsThrough('cooperation', cooperationLink, cooperationLink.cooperation),
  organization: consultationsThrough('organization', consultationOrganization, consultationOrganization.organization),
};

export interface ConsultationsRequest extends PageArguments {
  readonly filter?: ConsultationFilter | null;
  readonly orderBy: ConsultationOrder;
}

/** Consultations with their hosts and participants, for one fetch. */
export class ConsultationStore {
  readonly #lists: ListReader;
  readonly consultations;
  readonly followersOfConsultation;
  readonly hostsOfConsultation;
  readonly cooperationOfConsultation;
  readonly organizationOfConsultation;
  readonly onlineMeetingOfConsultation;
  readonly parts;
  readonly partsOfConsultation;
  readonly nextNumber;
  readonly summary;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.consultations = rowById(scope, consultationsById);
    this.followersOfConsultation = rowsByKey(scope, followersOfConsultations, (row) => row.follows ?? '');
    this.hostsOfConsultation = rowsByKey(scope, hostsOfConsultations, (row) => row.consultation);
    this.cooperationOfConsultation = rowsByKey(scope, cooperationsOfConsultations, (row) => row.consultation);
    this.organizationOfConsultation = rowsByKey(scope, organizationsOfConsultations, (row) => row.consultation);
    this.onlineMeetingOfConsultation = rowsByKey(scope, onlineMeetingsOfConsultations, (row) => row.consultation);
    this.parts = rowById(scope, partsById);
    this.partsOfConsultation = rowsByKey(scope, partsOfConsultations, (row) => row.consultation);
    this.nextNumber = nextNumberLoader(scope);
    this.summary = new SummaryReader(scope);
  }

  /** Consultations that the committees of a range host. */
  inRange(range: CodeRange, request: ConsultationsRequest): Connection<Consultation> {
    return this.#lists.connection(consultationsIn(range), { ...range }, optionsOf(request));
  }

  /** Consultations that take place in a region. */
  inRegion(range: CodeRange, request: ConsultationsRequest): Connection<Consultation> {
    return this.#lists.connection(consultationsInRegion, { ...range }, optionsOf(request));
  }

  /** Consultations that refer to a member, person, workstation, cooperation or organization. */
  through(what: keyof typeof through, id: string, request: ConsultationsRequest): Connection<Consultation> {
    return this.#lists.connection(through[what], { id }, optionsOf(request));
  }

  participantsOf(consultation: string, page: PageArguments) {
    return this.#lists.connection(participantsOfConsultation, { consultation }, { page, order: 'POSITION' });
  }
}

function optionsOf({ filter, orderBy, ...page }: ConsultationsRequest) {
  return { page, order: orderBy, filter: filterBy(conditions, filterValues(filter)) };
}
