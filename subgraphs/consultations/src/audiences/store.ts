import type { Visibility } from '@hub/access';
import { rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { sql } from 'drizzle-orm';
import { agendaItem, decision } from '../agenda/tables.ts';
import { consultation, host, part } from '../consultations/tables.ts';
import { dispatch, followUp, followUpEvaluation, handlingReport } from '../followups/tables.ts';
import { jointPlan } from '../joint-plans/tables.ts';
import { outcome, reading } from '../outcomes/tables.ts';
import { paper } from '../papers/tables.ts';
import { adoption, suggestion } from '../suggestions/tables.ts';

const { placeholder } = sql;
const keys = sql`any(${placeholder('keys')}::uuid[])`;

/** Each kind in the order of a page. What has no audience of its own is published with the consultation. */
const partsOfConsultations = statement(
  build
    .select({
      consultation: sql<string>`part.consultation`.as('consultation'),
      id: sql<string>`part.id`.as('id'),
      kind: sql<string>`part.kind`.as('kind'),
      owner: sql<string>`part.owner`.as('owner'),
      text: sql<string>`part.text`.as('text'),
      visibility: sql<Visibility>`part.visibility`.as('visibility'),
      public: sql<boolean>`part.follows or part.visibility = 'PUBLIC'`.as('public'),
    })
    .from(
      sql`(
      select 1 as page, position as place, created, consultation, id, 'SESSION' as kind, owner, concat_ws(' ', title, place) as text, visibility, true as follows from ${part} where consultation = ${keys} and deleted is null
      union all select 2, position, created, consultation, id, 'AGENDA_ITEM', owner, concat_ws(' ', title, presenter, result), visibility, true from ${agendaItem} where consultation = ${keys} and deleted is null
      union all select 3, 0, created, consultation, id, 'RESOLUTION', owner, concat_ws(' ', title, text), visibility, true from ${decision} where consultation = ${keys} and deleted is null
      union all select 4, position, created, consultation, id, 'PAPER', owner, title, visibility, not narrower from ${paper} where consultation = ${keys} and status = 'ISSUED' and deleted is null
      union all select 5, position, created, consultation, id, 'SUGGESTION', owner, text, visibility, false from ${suggestion} where consultation = ${keys} and deleted is null
      union all select 6, decided.position, decided.created, made.consultation, decided.id, 'DECISION', decided.owner, concat_ws(' ', decided.body_name, decided.status, decided.reason, decided.document), decided.visibility, false
        from ${adoption} as decided join ${suggestion} as made on made.id = decided.suggestion where made.consultation = ${keys} and decided.deleted is null and made.deleted is null
      union all select 7, position, created, consultation, id, case kind when 'INSTRUCTION' then kind else 'OUTCOME' end, owner, concat_ws(' ', office, title, description), visibility, false from ${outcome} where consultation = ${keys} and deleted is null
      union all select 8, position, created, consultation, id, 'READING', owner, concat_ws(' ', indicator, text), visibility, false from ${reading} where consultation = ${keys} and deleted is null
      union all select 9, 0, created, consultation, id, 'MINUTES', owner, minutes, visibility, false from ${followUp} where consultation = ${keys} and deleted is null
      union all select 10, 0, sent.created, filed.consultation, sent.id, 'DISPATCH', sent.owner, concat_ws(' ', sent."to", sent.title, sent.document_number), sent.visibility, false
        from ${dispatch} as sent join ${followUp} as filed on filed.id = sent.follow_up where filed.consultation = ${keys} and sent.deleted is null
      union all select 11, 0, told.created, filed.consultation, told.id, 'HANDLING_REPORT', told.owner, concat_ws(' ', told."from", told.text), told.visibility, false
        from ${handlingReport} as told join ${followUp} as filed on filed.id = told.follow_up where filed.consultation = ${keys} and told.deleted is null
      union all select 12, 0, said.created, filed.consultation, said.id, 'EVALUATION', said.owner, concat_ws(' ', said.body_name, said.attitude, said.result, said.reason), said.visibility, false
        from ${followUpEvaluation} as said join ${followUp} as filed on filed.id = said.follow_up where filed.consultation = ${keys} and said.deleted is null
    ) as part`,
    )
    .orderBy(sql`part.page, part.place, part.created, part.id`),
);
export type PreviewedPart = Awaited<ReturnType<typeof partsOfConsultations.run>>[number];

/** Committees that host, and whether each has yet to agree before what several agreed on is published. */
const hostsOfConsultations = statement(
  build
    .select({
      consultation: sql<string>`hosting.consultation`.as('consultation'),
      committee: sql<string>`hosting.committee`.as('committee'),
      awaited:
        sql<boolean>`whole.visibility <> 'PUBLIC' and hosting.committee <> whole.owner and not hosting.committee = any(whole.publication_agreed)
        and exists (select 1 from ${jointPlan} as plan where plan.consultation = whole.id and plan.status in ('CONFIRMED', 'CONCLUDED') and plan.deleted is null)`.as(
          'awaited',
        ),
    })
    .from(sql`${host} as hosting join ${consultation} as whole on whole.id = hosting.consultation`)
    .where(sql`hosting.consultation = ${keys} and hosting.deleted is null`)
    .orderBy(sql`hosting.position`),
);

/** What the public reads of consultations once they are published, for one fetch. */
export class AudienceStore {
  readonly partsOfConsultation;
  readonly hostsOfConsultation;

  constructor(scope: Scope) {
    this.partsOfConsultation = rowsByKey(scope, partsOfConsultations, (row) => row.consultation);
    this.hostsOfConsultation = rowsByKey(scope, hostsOfConsultations, (row) => row.consultation);
  }
}
