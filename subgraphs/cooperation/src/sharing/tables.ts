import { oneOf, partOf, recordTable } from '@hub/database';
import { agencyEventTable, statusColumns } from '@hub/workflow';
import { date, index, integer, jsonb, text, unique, uuid } from 'drizzle-orm/pg-core';
import { sharingSchema } from '../schema.ts';
import { sharingAgreementMachine } from './sharing-agreement.machine.ts';

/** 共享的数据集: which of its fields, as `Type.field`. */
export interface SharedDataset {
  readonly dataset: string;
  readonly fields: readonly string[];
  readonly unmasked: readonly string[];
}

export const termsStatuses = ['REQUESTED', 'DRAFT', 'IN_FORCE', 'REPLACED'] as const;

/** 共享协议: the record of the committee that is asked to share; the agency is named in it. */
export const sharingAgreement = recordTable(
  sharingSchema,
  'sharing_agreement',
  {
    ...statusColumns<keyof typeof sharingAgreementMachine.states>(),
    agency: uuid('agency').notNull(),
    requested: date('requested', { mode: 'string' }).notNull(),
    /** Number of the version that holds, and its first and last days. */
    version: integer('version'),
    validFrom: date('valid_from', { mode: 'string' }),
    validUntil: date('valid_until', { mode: 'string' }),
    reason: text('reason'),
  },
  (t) => [
    oneOf('sharing_agreement_status', t.status, Object.keys(sharingAgreementMachine.states)),
    index('sharing_agreement_owner').on(t.owner, t.created, t.id),
    index('sharing_agreement_agency').on(t.agency, t.created, t.id),
  ],
  { agency: true },
);

/** 共享协议办理记录 */
export const sharingAgreementEvent = agencyEventTable(sharingSchema, 'sharing_agreement', sharingAgreement);

/** 协议内容, in versions. */
export const sharingTerms = recordTable(
  sharingSchema,
  'sharing_terms',
  {
    agreement: uuid('agreement').notNull(),
    /** The agency that asked for it, of the first version. */
    agency: uuid('agency'),
    version: integer('version').notNull(),
    status: text('status').$type<(typeof termsStatuses)[number]>().notNull(),
    datasets: jsonb('datasets').$type<readonly SharedDataset[]>().notNull(),
    regions: text('regions').array().notNull(),
    purpose: text('purpose').notNull(),
    legalBasis: text('legal_basis').notNull(),
    validFrom: date('valid_from', { mode: 'string' }).notNull(),
    validUntil: date('valid_until', { mode: 'string' }).notNull(),
    rowsPerDay: integer('rows_per_day').notNull(),
    requestsPerMinute: integer('requests_per_minute').notNull(),
    /** Who drafted it, by the name in their token: nobody approves their own draft. */
    draftedBy: text('drafted_by'),
  },
  (t) => [
    oneOf('sharing_terms_status', t.status, termsStatuses),
    unique('sharing_terms_version').on(t.agreement, t.version),
    partOf('sharing_terms_part', t, t.agreement, sharingAgreement),
  ],
  { agency: true },
);
