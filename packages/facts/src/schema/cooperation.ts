/** Records of subgraph cooperation. */
import { z } from 'zod';
import { code, figures, key, period, quantity, record, text } from './shared.ts';

export const cooperation = z.strictObject({
  ...record,
  title: text,
  kind: z.enum(['PAIRING', 'COUNTERPART_AID', 'STUDY_VISIT', 'LINKED_ACTION']),
  /** 领域: 眼科医疗 */
  field: text,
  status: z.enum(['CONTACT', 'ACTIVE', 'CONCLUDED']),
  started: period.optional(),
  description: text.optional(),
  partners: z
    .array(
      z.strictObject({
        committee: code,
        role: z.enum(['INITIATOR', 'PARTNER', 'DONOR', 'RECIPIENT', 'VISITOR', 'HOST']),
        organizations: z.array(z.strictObject({ name: text, organization: key.optional() })).default([]),
      }),
    )
    .min(1),
  milestones: z
    .array(
      z.strictObject({
        title: text,
        stage: z.enum([
          'CONTACT',
          'VISIT',
          'SURVEY',
          'SUPPORT',
          'TRAINING',
          'CONSENSUS',
          'TALKS',
          'SIGNING',
          'MECHANISM',
        ]),
        date: period.optional(),
        /** False for what a source announces only. */
        done: z.boolean().default(true),
        description: text.optional(),
        people: z.array(z.strictObject({ person: key, role: text.optional() })).default([]),
      }),
    )
    .default([]),
  agreements: z
    .array(
      z.strictObject({
        title: text,
        signed: period.optional(),
        parties: z.array(text).min(1),
        description: text.optional(),
      }),
    )
    .default([]),
  aid: z
    .array(
      z.strictObject({
        form: text,
        amount: quantity,
        unit: text,
        given: period.optional(),
        description: text.optional(),
      }),
    )
    .default([]),
  figures,
});
