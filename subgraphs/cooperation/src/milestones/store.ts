import { type Connection, ListReader, list, type PageArguments, rowById, rowsByKey } from '@hub/connections';
import { build, daysOf, type Scope, statement } from '@hub/database';
import { and, asc, isNull, sql } from 'drizzle-orm';
import { stands } from '../cooperations/store.ts';
import { milestone, milestonePerson } from '../tables.ts';

const { placeholder } = sql;

const milestoneFields = {
  id: milestone.id,
  owner: milestone.owner,
  cooperation: milestone.cooperation,
  title: milestone.title,
  stage: milestone.stage,
  date: milestone.date,
  dateFrom: milestone.dateFrom,
  plannedFor: milestone.plannedFor,
  status: milestone.status,
  since: milestone.since,
  reason: milestone.reason,
  description: milestone.description,
  source: milestone.source,
  revision: milestone.revision,
};
export type Milestone = Awaited<ReturnType<typeof milestonesById.run>>[number];
const milestonesById = statement(
  build
    .select(milestoneFields)
    .from(milestone)
    .where(
      and(
        sql`${milestone.id} = any(${placeholder('ids')}::uuid[])`,
        isNull(milestone.deleted),
        stands(milestone.cooperation),
      ),
    ),
);
const milestonesOfCooperations = statement(
  build
    .select(milestoneFields)
    .from(milestone)
    .where(and(sql`${milestone.cooperation} = any(${placeholder('keys')}::uuid[])`, isNull(milestone.deleted)))
    .orderBy(asc(milestone.position), asc(milestone.created), asc(milestone.id)),
);

export type MilestonePerson = Awaited<ReturnType<typeof peopleOfMilestones.run>>[number];
const peopleOfMilestones = statement(
  build
    .select({ milestone: milestonePerson.milestone, person: milestonePerson.person, role: milestonePerson.role })
    .from(milestonePerson)
    .where(
      and(sql`${milestonePerson.milestone} = any(${placeholder('keys')}::uuid[])`, isNull(milestonePerson.deleted)),
    )
    .orderBy(asc(milestonePerson.position)),
);

const milestonesOfPerson = list({
  name: 'milestones of person',
  table: milestone,
  fields: milestoneFields,
  key: { person: 'uuid' },
  tie: sql`${milestone.id} = any(array(select ${milestonePerson.milestone} from ${milestonePerson}
      where ${milestonePerson.person} = key.person and ${milestonePerson.deleted} is null))
    and ${stands(milestone.cooperation)}`,
  orders: { DATE_DESC: { by: ['dateFrom'], descending: true } },
});

/** The first day of when a step was, or is to be; null where nobody says. */
function dayOf({ date, plannedFor, status }: Milestone): string | null {
  const when = date ?? (status === 'PLANNED' ? plannedFor : null);
  return when ? daysOf(when).from : null;
}

/** Steps in the order of their days, however late they were entered; one without a day stays behind the one it was put behind. */
function byDay(steps: readonly Milestone[]): Milestone[] {
  const ordered: Milestone[] = [];
  for (const step of steps) {
    const day = dayOf(step);
    const later = day === null ? -1 : ordered.findIndex((one) => (dayOf(one) ?? '') > day);
    ordered.splice(later < 0 ? ordered.length : later, 0, step);
  }
  return ordered;
}

/** Steps of cooperations and the people in them, for one fetch. */
export class MilestoneStore {
  readonly #lists: ListReader;
  readonly milestones;
  readonly milestonesOfCooperation;
  readonly peopleOfMilestone;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.milestones = rowById(scope, milestonesById);
    this.milestonesOfCooperation = rowsByKey(scope, milestonesOfCooperations, (row) => row.cooperation);
    this.peopleOfMilestone = rowsByKey(scope, peopleOfMilestones, (row) => row.milestone);
  }

  /** Steps of a cooperation in the order of their days, without those that were called off. */
  async inOrder(cooperation: string): Promise<Milestone[]> {
    const steps = await this.milestonesOfCooperation.load(cooperation);
    return byDay(steps.filter(({ status }) => status !== 'CANCELLED'));
  }

  milestonesOfPerson(person: string, page: PageArguments): Connection<Milestone> {
    return this.#lists.connection(milestonesOfPerson, { person }, { page, order: 'DATE_DESC' });
  }
}
