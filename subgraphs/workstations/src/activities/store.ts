import { type Connection, filterBy, ListReader, list, type PageArguments, rangedList, rowById } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import type { CommitteeLevel } from '@hub/regions';
import { codesOfLevel } from '@hub/subgraph-server';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { type DaysAsked, dayConditions, daysAsked } from '../days.ts';
import type { Range } from '../owned.ts';
import { activity, participation } from '../tables.ts';

const { placeholder } = sql;

const activityFields = {
  id: activity.id,
  owner: activity.owner,
  title: activity.title,
  kind: activity.kind,
  held: activity.held,
  heldFrom: activity.heldFrom,
  workstation: activity.workstation,
  programme: activity.programme,
  region: activity.region,
  place: activity.place,
  description: activity.description,
  figures: activity.figures,
  visibility: activity.visibility,
  source: activity.source,
  revision: activity.revision,
  created: activity.created,
  modified: activity.modified,
};
export type Activity = Awaited<ReturnType<typeof activitiesById.run>>[number];

const activitiesById = statement(
  build
    .select(activityFields)
    .from(activity)
    .where(and(sql`${activity.id} = any(${placeholder('ids')}::uuid[])`, isNull(activity.deleted))),
);

const conditions = {
  ...dayConditions(activity.heldFrom, activity.heldUntil),
  kinds: sql`${activity.kind} = any(${placeholder('kinds')}::text[])`,
  level: sql`${activity.owner} ~ ${placeholder('level')}`,
};
const orders = {
  HELD_DESC: { by: ['heldFrom'], descending: true },
  HELD_ASC: { by: ['heldFrom'], descending: false },
  MODIFIED_DESC: { by: ['modified'], descending: true },
} as const;

const searched = { schema: 'workstations', type: 'activity', walksNation: true };
const activitiesIn = rangedList({
  name: 'activities',
  table: activity,
  fields: activityFields,
  owner: activity.owner,
  province: activity.province,
  searched,
  orders,
  counters: {
    schema: 'workstations',
    type: 'activity',
    conditions: {
      kinds: sql`kind = any(${placeholder('kinds')}::text[])`,
      level: sql`owner ~ ${placeholder('level')}`,
    },
  },
});
const partsOf = (whole: 'workstation' | 'programme') =>
  list({
    name: `activities of ${whole}`,
    table: activity,
    fields: activityFields,
    key: { of: 'uuid' },
    tie: sql`${activity[whole]} = key.of`,
    searched,
    orders,
  });
const joinedBy = (who: 'member' | 'person') =>
  list({
    name: `activities of ${who}`,
    table: activity,
    fields: activityFields,
    key: { of: 'uuid' },
    searched,
    tie: sql`exists (select 1 from ${participation} where ${and(eq(participation.activity, activity.id), sql`${participation[who]} = key.of`, isNull(participation.deleted))})`,
    orders,
  });
const activitiesOf = {
  workstation: partsOf('workstation'),
  programme: partsOf('programme'),
  member: joinedBy('member'),
  person: joinedBy('person'),
};

const participantsOfActivity = list({
  name: 'participants of activity',
  table: participation,
  fields: {
    id: participation.id,
    member: participation.member,
    person: participation.person,
    role: participation.role,
    position: participation.position,
  },
  key: { activity: 'uuid' },
  tie: sql`${participation.activity} = key.activity`,
  orders: { POSITION_ASC: { by: ['position'], descending: false } },
});

/** How a list of activities is asked for. */
export interface ActivitiesAsked extends PageArguments {
  readonly filter?:
    | (DaysAsked & {
        readonly kinds?: readonly string[] | null;
        readonly level?: CommitteeLevel | null;
        readonly text?: string | null;
      })
    | null;
  readonly orderBy: keyof typeof orders;
}
const options = (asked: ActivitiesAsked) => ({
  page: asked,
  order: asked.orderBy,
  filter: filterBy(conditions, {
    ...asked.filter,
    ...daysAsked(asked.filter),
    level: asked.filter?.level && codesOfLevel[asked.filter.level],
  }),
});

/** Activities and who takes part in them, for one fetch. */
export class ActivityStore {
  readonly #lists: ListReader;
  readonly activities;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.activities = rowById(scope, activitiesById);
  }

  activitiesIn(range: Range, asked: ActivitiesAsked): Connection<Activity> {
    return this.#lists.connection(activitiesIn(range), range, options(asked));
  }

  /** Activities at a workstation, in a programme, or in which a member or person takes part. */
  activitiesOf(kind: keyof typeof activitiesOf, of: string, asked: ActivitiesAsked): Connection<Activity> {
    return this.#lists.connection(activitiesOf[kind], { of }, options(asked));
  }

  participantsOf(activity: string, page: PageArguments) {
    return this.#lists.connection(participantsOfActivity, { activity }, { page, order: 'POSITION_ASC' });
  }
}
