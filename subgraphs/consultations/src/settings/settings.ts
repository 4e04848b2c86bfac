import { localSettings } from '@hub/workflow';
import { z } from 'zod';
import { setting } from './tables.ts';

const count = z.int().min(1).max(1000);
const hour = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** What committees may decide for themselves, each with the default that holds until they do. */
export const consultationSettings = localSettings(
  setting,
  z.object({
    /** Working days before a consultation by which its notice is out. */
    noticeWorkingDays: count.default(15),
    /** Working days before a consultation by which its papers are out. */
    papersWorkingDays: count.default(10),
    /** Working days in which a submission of the public is taken up or declined. */
    submissionReplyWorkingDays: count.default(5),
    /** Working days that a department has to answer a submission. */
    submissionAnswerWorkingDays: count.default(15),
    /** Topics that a plan of a year had better not exceed; advice, and never a reason to refuse one. */
    topicsPerYear: count.default(15),
    /** Working days that a department has to answer a suggestion that it was given. */
    suggestionAnswerWorkingDays: count.default(15),
    /** Working days after a consultation in which its minutes are filed. */
    minutesWorkingDays: count.default(7),
    /** Working days after the minutes in which the results are sent. */
    resultsWorkingDays: count.default(15),
    /** Months after the results were sent in which it is reported how they were handled. */
    handlingReportMonths: count.default(3),
    /** How many have to have evaluated a consultation before others than staff see the scores. */
    evaluationLeastGroup: count.default(3),
    /** Working days that the committee has to take up, or return, a draft that a topic became. */
    draftReplyWorkingDays: count.default(10),
    /** Minutes before the start of a part at which its sign-in opens. */
    signInOpensMinutes: count.default(30),
    /** Minutes after a scan from which its arrival counts as late. */
    lateScanMinutes: count.default(10),
    /** Hours after a scan until which it is still taken. */
    lateScanHours: count.default(24),
    /** Working days that a party of a joint plan has to answer a proposal. */
    jointPlanAnswerWorkingDays: count.default(5),
    /** Days after one host recorded that joint work was held, or not held, in which another may object to that. */
    recordObjectionDays: count.default(7),
    /** Hours of the day, Asia/Shanghai, between which the committee meets others. */
    workingFrom: hour.default('09:00'),
    workingUntil: hour.default('17:30'),
    /** Working days that invited committees have to answer, where a linked action names no day. */
    linkedAnswerWorkingDays: count.default(10),
    /** Working days in which they hand in their parts, where it names no day. */
    linkedHandInWorkingDays: count.default(60),
    /** Working days that a body has to answer a problem, where none is set. */
    problemAnswerWorkingDays: count.default(30),
    /** Working days in which a referral is taken or declined. */
    referralTakeWorkingDays: count.default(5),
    /** Who sees what is recorded of a consultation until its office says otherwise; PUBLIC is as wide as the consultation. */
    partVisibility: z.enum(['INTERNAL', 'MEMBERS', 'UPWARD', 'PUBLIC']).default('INTERNAL'),
    /** The same where several committees host it. */
    jointPartVisibility: z.enum(['INTERNAL', 'JOINT', 'PUBLIC']).default('JOINT'),
    /** Working days in which a referral is answered, where none is set. */
    referralAnswerWorkingDays: count.default(30),
  }),
);
