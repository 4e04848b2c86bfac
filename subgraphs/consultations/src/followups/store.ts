import { rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, isNull, sql } from 'drizzle-orm';
import {
  consultationEvaluation,
  dispatch,
  followUp,
  followUpEvaluation,
  followUpVisit,
  handlingReport,
} from './tables.ts';

const { placeholder } = sql;

const followUpFields = {
  id: followUp.id,
  owner: followUp.owner,
  consultation: followUp.consultation,
  status: followUp.status,
  since: followUp.since,
  minutes: followUp.minutes,
  findings: followUp.findings,
  reviewed: followUp.reviewed,
  conclusion: followUp.conclusion,
  visibility: followUp.visibility,
  revision: followUp.revision,
  created: followUp.created,
  modified: followUp.modified,
};
export type FollowUp = Awaited<ReturnType<typeof followUpsById.run>>[number];
const followUpsById = statement(
  build
    .select(followUpFields)
    .from(followUp)
    .where(and(sql`${followUp.id} = any(${placeholder('ids')}::uuid[])`, isNull(followUp.deleted))),
);
const followUpsOfConsultations = statement(
  build
    .select(followUpFields)
    .from(followUp)
    .where(and(sql`${followUp.consultation} = any(${placeholder('keys')}::uuid[])`, isNull(followUp.deleted))),
);
const filedOf = statement(
  build
    .select({
      consultation: sql<string>`filed.consultation`.as('filed_of'),
      owner: sql<string>`filed.owner`.as('filed_by'),
    })
    .from(sql`consultations.minutes_filed(${placeholder('keys')}::uuid[]) as filed (consultation, owner)`),
);
const dispatchesOfFollowUps = statement(
  build
    .select({
      id: dispatch.id,
      visibility: dispatch.visibility,
      followUp: dispatch.followUp,
      to: dispatch.to,
      form: dispatch.form,
      title: dispatch.title,
      documentNumber: dispatch.documentNumber,
      sent: dispatch.sent,
    })
    .from(dispatch)
    .where(and(sql`${dispatch.followUp} = any(${placeholder('keys')}::uuid[])`, isNull(dispatch.deleted)))
    .orderBy(asc(dispatch.sent), asc(dispatch.created), asc(dispatch.id)),
);
const reportsOfFollowUps = statement(
  build
    .select({
      id: handlingReport.id,
      visibility: handlingReport.visibility,
      followUp: handlingReport.followUp,
      from: handlingReport.from,
      text: handlingReport.text,
      received: handlingReport.received,
    })
    .from(handlingReport)
    .where(and(sql`${handlingReport.followUp} = any(${placeholder('keys')}::uuid[])`, isNull(handlingReport.deleted)))
    .orderBy(asc(handlingReport.received), asc(handlingReport.created), asc(handlingReport.id)),
);
const visitsOfFollowUps = statement(
  build
    .select({
      id: followUpVisit.id,
      followUp: followUpVisit.followUp,
      consultation: followUpVisit.consultation,
      note: followUpVisit.note,
    })
    .from(followUpVisit)
    .where(and(sql`${followUpVisit.followUp} = any(${placeholder('keys')}::uuid[])`, isNull(followUpVisit.deleted)))
    .orderBy(asc(followUpVisit.created), asc(followUpVisit.id)),
);
const evaluationsOfFollowUps = statement(
  build
    .select({
      id: followUpEvaluation.id,
      visibility: followUpEvaluation.visibility,
      followUp: followUpEvaluation.followUp,
      owner: followUpEvaluation.owner,
      body: followUpEvaluation.body,
      bodyName: followUpEvaluation.bodyName,
      attitude: followUpEvaluation.attitude,
      result: followUpEvaluation.result,
      reason: followUpEvaluation.reason,
    })
    .from(followUpEvaluation)
    .where(
      and(
        sql`${followUpEvaluation.followUp} = any(${placeholder('keys')}::uuid[])`,
        isNull(followUpEvaluation.deleted),
      ),
    )
    .orderBy(asc(followUpEvaluation.created), asc(followUpEvaluation.id)),
);
const scoresOfConsultations = statement(
  build
    .select({
      consultation: sql<string>`scores.consultation`.as('consultation'),
      matter: sql<'ATTITUDE' | 'RESULT'>`scores.matter`.as('matter'),
      score: sql<number>`scores.score`.mapWith(Number).as('score'),
      members: sql<number>`scores.members`.mapWith(Number).as('members'),
    })
    .from(sql`consultations.evaluation_scores(${placeholder('keys')}::uuid[]) as scores`)
    .orderBy(sql`scores.score`),
);
const evaluationsOfConsultations = statement(
  build
    .select({
      consultation: consultationEvaluation.consultation,
      author: consultationEvaluation.author,
      attitude: consultationEvaluation.attitude,
      result: consultationEvaluation.result,
      text: consultationEvaluation.text,
    })
    .from(consultationEvaluation)
    .where(
      and(
        sql`${consultationEvaluation.consultation} = any(${placeholder('keys')}::uuid[])`,
        isNull(consultationEvaluation.deleted),
      ),
    )
    .orderBy(asc(consultationEvaluation.created), asc(consultationEvaluation.id)),
);

/** What follows consultations, for one fetch. */
export class FollowUpStore {
  readonly followUps;
  readonly followUpOfConsultation;
  /** A row where the minutes of a consultation are filed, whoever may read them. */
  readonly minutesFiled;
  readonly dispatches;
  readonly reports;
  readonly visits;
  readonly evaluations;
  readonly scores;
  readonly consultationEvaluations;

  constructor(scope: Scope) {
    this.followUps = rowById(scope, followUpsById);
    this.followUpOfConsultation = rowsByKey(scope, followUpsOfConsultations, (row) => row.consultation);
    this.minutesFiled = rowsByKey(scope, filedOf, (row) => row.consultation);
    this.dispatches = rowsByKey(scope, dispatchesOfFollowUps, (row) => row.followUp);
    this.reports = rowsByKey(scope, reportsOfFollowUps, (row) => row.followUp);
    this.visits = rowsByKey(scope, visitsOfFollowUps, (row) => row.followUp);
    this.evaluations = rowsByKey(scope, evaluationsOfFollowUps, (row) => row.followUp);
    this.scores = rowsByKey(scope, scoresOfConsultations, (row) => row.consultation);
    this.consultationEvaluations = rowsByKey(scope, evaluationsOfConsultations, (row) => row.consultation);
  }
}
