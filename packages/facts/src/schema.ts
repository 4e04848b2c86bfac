/**
 * The records that the source documents give, as they stand in `data/<document>/*.yaml`.
 *
 * Every record has a `key` that names it for ever (`<place>/<what>`): the id in the graph is made from it, so a key is
 * never reused and never renamed. Other records are named by their key, committees and regions by their code.
 */
import { z } from 'zod';
import { consultation, plan } from './schema/consultations.ts';
import { cooperation } from './schema/cooperation.ts';
import { committeeFigure, dutyReport, member, organization, person, post, session, term } from './schema/members.ts';
import { code, key, text } from './schema/shared.ts';
import { honour, proposal } from './schema/waiting.ts';
import { activity, programme, serviceRequest, workstation } from './schema/workstations.ts';

export type { Period, Quantity, StatedFigure } from './schema/shared.ts';

/** One file of `data/`. */
export const factsFile = z.strictObject({
  /** The document of `sources.yaml` that the records are from. */
  source: text,
  people: z.array(person).default([]),
  organizations: z.array(organization).default([]),
  members: z.array(member).default([]),
  posts: z.array(post).default([]),
  terms: z.array(term).default([]),
  sessions: z.array(session).default([]),
  committeeFigures: z.array(committeeFigure).default([]),
  dutyReports: z.array(dutyReport).default([]),
  consultations: z.array(consultation).default([]),
  plans: z.array(plan).default([]),
  workstations: z.array(workstation).default([]),
  programmes: z.array(programme).default([]),
  activities: z.array(activity).default([]),
  serviceRequests: z.array(serviceRequest).default([]),
  cooperations: z.array(cooperation).default([]),
  waiting: z
    .strictObject({ proposals: z.array(proposal).default([]), honours: z.array(honour).default([]) })
    .default({ proposals: [], honours: [] }),
});
export type FactsFile = z.infer<typeof factsFile>;

/** A document: what it is and what it speaks of. */
export const sourceDocument = z.strictObject({
  id: z.string().regex(/^S\d$/),
  title: text,
  published: text.optional(),
  description: text,
});
export type SourceDocument = z.infer<typeof sourceDocument>;

/** One figure, date or name of a document: where the graph gives it, what it waits for, or why it is left out. */
export const ledgerLine = z.union([
  z.strictObject({
    /** The figure, date or name itself, as the document writes it. */
    given: text,
    /** What it is of, in our words. */
    of: text,
    /** The record that holds it; for a directory name, a code. */
    record: z.union([key, code]),
    /** Where in the record's data file entry: figures[公益性岗位].value.text, held.start, name … */
    path: text,
    /** What the graph must answer there. */
    expect: z.union([z.string(), z.number(), z.boolean()]),
  }),
  z.strictObject({
    given: text,
    of: text,
    waits: key,
    path: text,
    expect: z.union([z.string(), z.number(), z.boolean()]),
  }),
  z.strictObject({ given: text, of: text, left: text }),
]);
export type LedgerLine = z.infer<typeof ledgerLine>;
