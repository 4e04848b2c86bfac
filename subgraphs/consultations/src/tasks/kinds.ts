import { awaitedOf, type WorkKind } from '@hub/workflow';
import { type AnyColumn, and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { attendanceMachine } from '../attendance/attendance.machine.ts';
import { leaveMachine } from '../attendance/leave.machine.ts';
import { bookMachine } from '../books/book.machine.ts';
import { consultationMachine } from '../consultations/consultation.machine.ts';
import { coAuthorMachine } from '../discussions/co-author.machine.ts';
import { discussionTopicMachine } from '../discussions/discussion-topic.machine.ts';
import { topicCommentMachine } from '../discussions/topic-comment.machine.ts';
import { followUpMachine } from '../followups/followup.machine.ts';
import { jointPlanPartyMachine } from '../joint-plans/joint-plan-party.machine.ts';
import { linkedActionMachine } from '../linked-actions/linked-action.machine.ts';
import { linkedPartMachine } from '../linked-actions/linked-part.machine.ts';
import { paperMachine } from '../papers/paper.machine.ts';
import { planMachine } from '../plans/plan.machine.ts';
import { topicMachine } from '../plans/topic.machine.ts';
import { problemMachine } from '../problems/problem.machine.ts';
import { referralHandlingMachine } from '../referrals/referral-handling.machine.ts';
import { speechMachine } from '../speeches/speech.machine.ts';
import { submissionMachine } from '../submissions/submission.machine.ts';
import { suggestionMachine } from '../suggestions/suggestion.machine.ts';
import {
  attendance,
  attendanceEvent,
  book,
  bookEvent,
  coAuthorAnswer,
  coAuthorInvitation,
  consultation,
  consultationEvent,
  discussionTopic,
  discussionTopicEvent,
  followUp,
  jointPlan,
  jointPlanParty,
  leave,
  leaveEvent,
  linkedAction,
  linkedInvitation,
  linkedPart,
  paper,
  paperEvent,
  plan,
  planTopic,
  planTopicEvent,
  problem,
  problemEvent,
  referral,
  referralHandling,
  speech,
  speechEvent,
  submission,
  submissionEvent,
  suggestion,
  suggestionAuthor,
  suggestionEvent,
  topicComment,
  topicCommentEvent,
} from '../tables.ts';

const { placeholder } = sql;
const isMember = (column: AnyColumn): SQL => sql`${column} = ${placeholder('member')}::uuid`;
const isDepartment = (column: AnyColumn): SQL => sql`${column} = ${placeholder('department')}::uuid`;
const now = sql`${placeholder('today')}::date`;

const titleOf = (column: AnyColumn) =>
  sql`(select ${consultation.title} from ${consultation} where ${eq(consultation.id, column)})`;
const titleOfTopic = (column: AnyColumn) =>
  sql`(select ${discussionTopic.title} from ${discussionTopic} where ${eq(discussionTopic.id, column)})`;
/** Unless it is known to be over: who was asked may not see the consultation itself. */
const stillToCome = sql`not exists (select 1 from ${consultation} where ${and(eq(consultation.id, attendance.consultation), sql`${consultation.status} <> 'SCHEDULED'`)})`;

const named = sql`select ${suggestionAuthor.suggestion} from ${suggestionAuthor}
  where ${and(isMember(suggestionAuthor.member), isNull(suggestionAuthor.deleted))}`;
const namedAndSilent = sql`${suggestion.id} in (select asked.suggestion from consultations.asked_to_author() as asked where not asked.answered)`;
const invitedTo = sql`${discussionTopic.id} in (select ${coAuthorInvitation.topic} from ${coAuthorInvitation}
  where ${and(isMember(coAuthorInvitation.member), isNull(coAuthorInvitation.deleted))})`;
const onOwnTopic = sql`${topicComment.topic} in (select ${discussionTopic.id} from ${discussionTopic} where ${isMember(discussionTopic.author)})`;
const takenPartIn = sql`${consultation.id} in (select ${attendance.consultation} from ${attendance}
  where ${and(isMember(attendance.member), isNull(attendance.deleted))})`;

const invitationOfPart = (what: SQL) =>
  sql`(select ${what} from ${linkedInvitation} where ${eq(linkedInvitation.id, linkedPart.linkedInvitation)})`;
const invitationStands = sql`${invitationOfPart(sql`${linkedInvitation.status}`)} = 'OPEN'`;
const ownPart = (status: SQL) =>
  and(eq(linkedPart.owner, placeholder('committee')), sql`${linkedPart.status} = ${status}`, invitationStands) as SQL;
/** What its receiver made of the letter by which a problem was last sent. */
const lastReceiverSaid = sql`(select ${referralHandling.status} from ${referral} left join ${referralHandling} on ${eq(referralHandling.referral, referral.id)}
  where ${and(eq(referral.problem, problem.id), sql`${referral.hop} = 1`)} order by ${referral.created} desc limit 1)`;
const answeredSince = sql`exists (select 1 from ${referral} join ${referralHandling} on ${eq(referralHandling.referral, referral.id)}
  where ${and(eq(referral.problem, problem.id), sql`${referralHandling.status} = 'ANSWERED'`, sql`${referral.sent} >= ${problem.referred}`)})`;

/** Every kind of record here that waits for people, or tells them what became of their work. */
export const workKinds: readonly WorkKind[] = [
  {
    machine: planMachine,
    table: plan,
    title: plan.title,
    waits: awaitedOf(plan, planMachine, {
      // While topics are gathered nothing is to be done.
      also: { draftPlan: sql`coalesce(${plan.collectUntil}, '-infinity') < ${now}` },
    }),
  },
  {
    machine: topicMachine,
    table: planTopic,
    title: planTopic.title,
    waits: awaitedOf(planTopic, topicMachine),
    news: {
      events: planTopicEvent,
      whose: { MEMBER: [isMember(planTopic.author)], DEPARTMENT: [isDepartment(planTopic.department)] },
    },
  },
  {
    machine: consultationMachine,
    table: consultation,
    title: consultation.title,
    waits: awaitedOf(consultation, consultationMachine, {
      also: {
        announceConsultation: sql`${consultation.noticed} is null and ${consultation.heldFrom} >= ${now}`,
        recordConsultationHeld: sql`${consultation.heldUntil} <= ${now}`,
      },
    }),
    news: {
      events: consultationEvent,
      whose: { MEMBER: [isMember(consultation.author), takenPartIn] },
      // Whoever is entered is told by their own record.
      quiet: ['enterAttendance'],
    },
  },
  {
    machine: followUpMachine,
    table: followUp,
    title: titleOf(followUp.consultation),
    waits: awaitedOf(followUp, followUpMachine),
  },
  {
    // What was held and has no minutes yet: there is no follow-up that could await them.
    machine: followUpMachine,
    table: consultation,
    shownAs: { recordType: 'Consultation', record: consultation.id },
    title: consultation.title,
    waits: [
      {
        step: 'fileMinutes',
        kind: 'STAFF',
        where: sql`${consultation.status} = 'HELD' and ${consultation.since} is not null and ${consultation.entered} is null and ${consultation.owner} = ${placeholder('committee')}
          and not exists (select 1 from ${followUp} where ${and(eq(followUp.consultation, consultation.id), isNull(followUp.deleted))})`,
        day: consultation.heldUntil,
      },
    ],
  },
  {
    machine: submissionMachine,
    table: submission,
    title: submission.title,
    waits: awaitedOf(submission, submissionMachine),
    news: {
      events: submissionEvent,
      whose: {
        MEMBER: [isMember(submission.author)],
        DEPARTMENT: [isDepartment(submission.department)],
        LIAISON: [
          sql`${submission.owner} = ${placeholder('committee')} and ${submission.filedBy} = 'LIAISON' and ${placeholder('subject')} = any(${submission.subjects})`,
        ],
      },
    },
  },
  {
    machine: attendanceMachine,
    table: attendance,
    title: titleOf(attendance.consultation),
    waits: awaitedOf({ ...attendance, author: attendance.member }, attendanceMachine, {
      also: { acceptInvitation: stillToCome, acceptSubstitution: stillToCome },
    }),
    news: {
      events: attendanceEvent,
      whose: { MEMBER: [isMember(attendance.member)] },
      // That it took place is told by its own event, once.
      quiet: ['enterHeldConsultation', 'recordConsultationHeldAfterwards'],
    },
  },
  {
    machine: jointPlanPartyMachine,
    table: jointPlanParty,
    shownAs: { recordType: 'JointPlan', record: jointPlanParty.jointPlan },
    title: sql`(select ${jointPlan.title} from ${jointPlan} where ${eq(jointPlan.id, jointPlanParty.jointPlan)})`,
    waits: awaitedOf(jointPlanParty, jointPlanPartyMachine, {
      also: {
        acceptJointPlan: sql`not exists (select 1 from ${jointPlan} where ${and(eq(jointPlan.id, jointPlanParty.jointPlan), sql`${jointPlan.status} in ('CONCLUDED', 'CANCELLED')`)})`,
      },
    }),
  },
  {
    machine: leaveMachine,
    table: leave,
    title: titleOf(leave.consultation),
    waits: awaitedOf(leave, leaveMachine),
    news: { events: leaveEvent, whose: { MEMBER: [isMember(leave.author)] } },
  },
  {
    machine: speechMachine,
    table: speech,
    title: speech.title,
    news: { events: speechEvent, whose: { MEMBER: [isMember(speech.author)] } },
  },
  {
    machine: paperMachine,
    table: paper,
    title: paper.title,
    news: { events: paperEvent, whose: { MEMBER: [isMember(paper.author)] } },
  },
  {
    machine: suggestionMachine,
    table: suggestion,
    title: titleOf(suggestion.consultation),
    waits: awaitedOf(suggestion, suggestionMachine, { asked: namedAndSilent }),
    news: {
      events: suggestionEvent,
      whose: {
        MEMBER: [isMember(suggestion.author), sql`${suggestion.id} in (${named})`],
        DEPARTMENT: [isDepartment(suggestion.department)],
      },
    },
  },
  {
    machine: discussionTopicMachine,
    table: discussionTopic,
    title: discussionTopic.title,
    // To send one's own draft may take its time; one that was returned waits.
    waits: awaitedOf(discussionTopic, discussionTopicMachine, {
      also: { sendDraft: sql`${discussionTopic.reason} is not null` },
    }),
    news: { events: discussionTopicEvent, whose: { MEMBER: [isMember(discussionTopic.author), invitedTo] } },
  },
  {
    machine: coAuthorMachine,
    table: coAuthorInvitation,
    shownAs: { recordType: 'DiscussionTopic', record: coAuthorInvitation.topic },
    title: titleOfTopic(coAuthorInvitation.topic),
    waits: [
      {
        step: 'acceptCoAuthorInvitation',
        kind: 'MEMBER',
        where: sql`${isMember(coAuthorInvitation.member)} and ${coAuthorInvitation.owner} = ${placeholder('committee')}
          and exists (select 1 from ${discussionTopic} where ${eq(discussionTopic.id, coAuthorInvitation.topic)} and ${discussionTopic.status} in ('OPEN', 'DRAFTING'))
          and not exists (select 1 from ${coAuthorAnswer} where ${eq(coAuthorAnswer.invitation, coAuthorInvitation.id)})`,
        day: coAuthorInvitation.created,
      },
    ],
  },
  {
    machine: topicCommentMachine,
    table: topicComment,
    title: titleOfTopic(topicComment.topic),
    news: { events: topicCommentEvent, whose: { MEMBER: [isMember(topicComment.author), onOwnTopic] } },
  },
  {
    machine: bookMachine,
    table: book,
    title: book.title,
    waits: awaitedOf(book, bookMachine),
    news: { events: bookEvent, whose: { MEMBER: [isMember(book.author)] } },
  },
  {
    machine: linkedActionMachine,
    table: linkedAction,
    title: linkedAction.title,
    waits: awaitedOf(linkedAction, linkedActionMachine),
  },
  {
    // An invitation that nobody answered is no part yet that could await it.
    machine: linkedPartMachine,
    table: linkedInvitation,
    shownAs: { recordType: 'LinkedInvitation', record: linkedInvitation.id },
    title: linkedInvitation.title,
    waits: [
      {
        step: 'acceptLinkedInvitation',
        kind: 'STAFF',
        where: sql`${linkedInvitation.committee} = ${placeholder('committee')} and ${linkedInvitation.status} = 'OPEN'
          and not exists (select 1 from ${linkedPart} where ${eq(linkedPart.linkedInvitation, linkedInvitation.id)})`,
        day: linkedInvitation.answerBy,
      },
    ],
  },
  {
    machine: linkedPartMachine,
    table: linkedPart,
    title: invitationOfPart(sql`${linkedInvitation.title}`),
    // Its day to hand in stands in the letter.
    waits: [
      { step: 'planLinkedPart', kind: 'STAFF', where: ownPart(sql`'ACCEPTED'`), day: linkedPart.since },
      {
        step: 'handInLinkedPart',
        kind: 'STAFF',
        where: ownPart(sql`'PLANNED'`),
        day: invitationOfPart(sql`${linkedInvitation.handInBy}`),
      },
    ],
  },
  {
    machine: problemMachine,
    table: problem,
    title: problem.title,
    waits: awaitedOf(problem, problemMachine, {
      also: {
        recordProblemAnswer: answeredSince,
        takeBackProblem: sql`${lastReceiverSaid} in ('DECLINED', 'HANDED_BACK')`,
      },
    }),
    news: { events: problemEvent, whose: { DEPARTMENT: [isDepartment(problem.department)] } },
  },
  {
    // Nobody has said anything to it yet.
    machine: referralHandlingMachine,
    table: referral,
    shownAs: { recordType: 'Referral', record: referral.id },
    title: referral.title,
    waits: [
      {
        step: 'takeReferral',
        kind: 'STAFF',
        where: sql`${referral.committee} = ${placeholder('committee')} and ${referral.recalled} is null
          and not exists (select 1 from ${referralHandling} where ${eq(referralHandling.referral, referral.id)})`,
        day: referral.sent,
      },
    ],
  },
  {
    machine: referralHandlingMachine,
    table: referralHandling,
    title: sql`(select ${referral.title} from ${referral} where ${eq(referral.id, referralHandling.referral)})`,
    waits: awaitedOf(referralHandling, referralHandlingMachine),
  },
];
