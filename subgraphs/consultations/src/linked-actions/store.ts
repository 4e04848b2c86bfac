import type { Actor } from '@hub/access';
import {
  type CodeRange,
  type Connection,
  type Filter,
  filterBy,
  ListReader,
  list,
  type PageArguments,
  rangedList,
  rowById,
  rowsByKey,
} from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import type { CommitteeLevel } from '@hub/regions';
import { codesOfLevel } from '@hub/subgraph-server';
import { today } from '@hub/working-days';
import { and, isNull, sql } from 'drizzle-orm';
import { answerSql, isLateSql } from './answers.ts';
import { invitationFields, invitationsById, type LinkedInvitation } from './letter.ts';
import { platformsOfActions, platformsOfParts } from './platform.ts';
import { progressLoader } from './progress.ts';
import { linkedAction, linkedInvitation, linkedPart } from './tables.ts';
import { treeOf } from './tree.ts';

const { placeholder } = sql;

const actionFields = {
  id: linkedAction.id,
  owner: linkedAction.owner,
  kind: linkedAction.kind,
  title: linkedAction.title,
  description: linkedAction.description,
  answerBy: linkedAction.answerBy,
  handInBy: linkedAction.handInBy,
  status: linkedAction.status,
  since: linkedAction.since,
  reason: linkedAction.reason,
  conclusion: linkedAction.conclusion,
  linkedInvitation: linkedAction.linkedInvitation,
  partOf: linkedAction.partOf,
  platformName: linkedAction.platformName,
  visibility: linkedAction.visibility,
  revision: linkedAction.revision,
  created: linkedAction.created,
  modified: linkedAction.modified,
};
export type LinkedAction = Awaited<ReturnType<typeof actionsById.run>>[number];
const actionsById = statement(
  build
    .select(actionFields)
    .from(linkedAction)
    .where(and(sql`${linkedAction.id} = any(${placeholder('ids')}::uuid[])`, isNull(linkedAction.deleted))),
);
const actionsOfInvitations = statement(
  build
    .select(actionFields)
    .from(linkedAction)
    .where(
      and(
        sql`${linkedAction.linkedInvitation} = any(${placeholder('keys')}::uuid[])`,
        // One that was cancelled carries nothing on.
        sql`${linkedAction.status} <> 'CANCELLED'`,
        isNull(linkedAction.deleted),
      ),
    ),
);

const partFields = {
  id: linkedPart.id,
  owner: linkedPart.owner,
  linkedInvitation: linkedPart.linkedInvitation,
  status: linkedPart.status,
  since: linkedPart.since,
  reason: linkedPart.reason,
  answered: linkedPart.answered,
  plan: linkedPart.plan,
  plannedFrom: linkedPart.plannedFrom,
  plannedUntil: linkedPart.plannedUntil,
  consultation: linkedPart.consultation,
  platformName: linkedPart.platformName,
  report: linkedPart.report,
  figures: linkedPart.figures,
  handedIn: linkedPart.handedIn,
  visibility: linkedPart.visibility,
  revision: linkedPart.revision,
  created: linkedPart.created,
  modified: linkedPart.modified,
};
export type LinkedPart = Awaited<ReturnType<typeof partsById.run>>[number];
const invitedToActions = statement(
  build
    .select({ linkedAction: linkedInvitation.linkedAction, committee: linkedInvitation.committee })
    .from(linkedInvitation)
    .where(
      and(
        sql`${linkedInvitation.linkedAction} = any(${placeholder('keys')}::uuid[])`,
        isNull(linkedInvitation.deleted),
      ),
    ),
);
const partsById = statement(
  build
    .select(partFields)
    .from(linkedPart)
    .where(and(sql`${linkedPart.id} = any(${placeholder('ids')}::uuid[])`, isNull(linkedPart.deleted))),
);
const partsOfInvitations = statement(
  build
    .select(partFields)
    .from(linkedPart)
    .where(and(sql`${linkedPart.linkedInvitation} = any(${placeholder('keys')}::uuid[])`, isNull(linkedPart.deleted))),
);

const actionOrders = {
  MODIFIED_DESC: { by: ['modified'], descending: true },
  HAND_IN_BY_ASC: { by: ['handInBy'], descending: false },
} as const;
const actionConditions = {
  kinds: sql`${linkedAction.kind} = any(${placeholder('kinds')}::text[])`,
  statuses: sql`${linkedAction.status} = any(${placeholder('statuses')}::text[])`,
};
const actionsIn = rangedList({
  name: 'linked actions',
  table: linkedAction,
  fields: actionFields,
  owner: linkedAction.owner,
  province: linkedAction.province,
  searched: { schema: 'consultations', type: 'linked_action' },
  orders: actionOrders,
  counters: {
    schema: 'consultations',
    type: 'linked_action',
    conditions: { statuses: sql`kind = any(${placeholder('statuses')}::text[])` },
  },
});
const actionsCarryingOn = list({
  name: 'linked actions that carry one on',
  table: linkedAction,
  fields: actionFields,
  key: { action: 'uuid' },
  tie: sql`${linkedAction.partOf} = key.action`,
  sorts: true,
  orders: actionOrders,
});

export interface LinkedActionsRequest extends PageArguments {
  readonly filter?: {
    readonly kinds?: readonly string[] | null;
    readonly statuses?: readonly string[] | null;
    readonly text?: string | null;
  } | null;
  readonly orderBy: keyof typeof actionOrders;
}

const invitationConditions = {
  answers: sql`(${linkedInvitation.status} <> 'WITHDRAWN' and ${answerSql} = any(${placeholder('answers')}::text[]))`,
  levels: sql`${linkedInvitation.committee} ~ ${placeholder('levels')}`,
  late: sql`${isLateSql} = ${placeholder('late')}::boolean`,
  withdrawn: sql`(${linkedInvitation.status} = 'WITHDRAWN') = ${placeholder('withdrawn')}::boolean`,
};
const listedInvitations = {
  table: linkedInvitation,
  fields: invitationFields,
  sorts: true,
  orders: {
    COMMITTEE_ASC: { by: ['committee'], descending: false },
    MODIFIED_DESC: { by: ['modified'], descending: true },
  },
} as const;
const invitationsOf = {
  OWN: list({
    ...listedInvitations,
    name: 'invitations of an action',
    key: { action: 'uuid' },
    tie: sql`${linkedInvitation.linkedAction} = key.action`,
  }),
  SUBTREE: list({
    ...listedInvitations,
    name: 'invitations of an action and those that carry it on',
    key: { action: 'uuid' },
    tie: sql`${linkedInvitation.linkedAction} in ${treeOf(sql`key.action`)}`,
  }),
};
const invitationsTo = list({
  ...listedInvitations,
  name: 'invitations to a committee',
  key: { committee: 'text' },
  tie: sql`${linkedInvitation.committee} = key.committee`,
});

export interface LinkedInvitationsRequest extends PageArguments {
  readonly scope: 'OWN' | 'SUBTREE';
  readonly filter?: {
    readonly answers?: readonly string[] | null;
    readonly levels?: readonly CommitteeLevel[] | null;
    readonly late?: boolean | null;
    readonly withdrawn?: boolean | null;
  } | null;
  readonly orderBy: keyof typeof listedInvitations.orders;
}

/** Linked actions, whom they invite and what those make of it, for one fetch. */
export class LinkedActionStore {
  readonly #lists: ListReader;
  readonly #asker: string;
  readonly actions;
  readonly actionsOfInvitation;
  readonly invitations;
  readonly parts;
  readonly partsOfInvitation;
  readonly platformsOfAction;
  readonly platformsOfPart;
  readonly invitedToAction;
  readonly progress;

  constructor(scope: Scope, actor: Actor) {
    this.#lists = new ListReader(scope);
    this.#asker = actor.kind === 'STAFF' ? actor.committee : '';
    this.actions = rowById(scope, actionsById);
    this.actionsOfInvitation = rowsByKey(scope, actionsOfInvitations, (row) => row.linkedInvitation ?? '');
    this.invitations = rowById(scope, invitationsById);
    this.parts = rowById(scope, partsById);
    this.partsOfInvitation = rowsByKey(scope, partsOfInvitations, (row) => row.linkedInvitation);
    this.platformsOfAction = rowsByKey(scope, platformsOfActions, (row) => row.whole);
    this.platformsOfPart = rowsByKey(scope, platformsOfParts, (row) => row.whole);
    this.invitedToAction = rowsByKey(scope, invitedToActions, (row) => row.linkedAction);
    this.progress = progressLoader(scope, this.#asker);
  }

  /** Actions that the committees of a range began. */
  inRange(range: CodeRange, { filter, orderBy, ...page }: LinkedActionsRequest): Connection<LinkedAction> {
    const options = { page, order: orderBy, filter: filterBy(actionConditions, { ...filter }) };
    return this.#lists.connection(actionsIn(range), { ...range }, options);
  }

  /** Actions by which invited committees carry one on. */
  carryingOn(action: string, page: PageArguments): Connection<LinkedAction> {
    return this.#lists.connection(actionsCarryingOn, { action }, { page, order: 'MODIFIED_DESC' });
  }

  invitationsOf(action: string, request: LinkedInvitationsRequest): Connection<LinkedInvitation> {
    return this.#lists.connection(invitationsOf[request.scope], { action }, this.#options(request));
  }

  invitationsTo(committee: string, request: LinkedInvitationsRequest): Connection<LinkedInvitation> {
    return this.#lists.connection(invitationsTo, { committee }, this.#options(request));
  }

  #options({ filter, orderBy, scope: _, ...page }: LinkedInvitationsRequest) {
    const levels = filter?.levels?.map((level) => codesOfLevel[level]).join('|');
    const picked = filterBy(invitationConditions, { ...filter, levels });
    // What an answer and its lateness look at besides the row.
    const values = { ...picked.values, asker: this.#asker, today: today() };
    return { page, order: orderBy, filter: { ...picked, values } satisfies Filter };
  }
}
