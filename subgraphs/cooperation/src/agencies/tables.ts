import { oneOf, partOf, recordTable } from '@hub/database';
import { agencyEventTable, eventTable, statusColumns } from '@hub/workflow';
import { index, jsonb, text, unique, uuid } from 'drizzle-orm/pg-core';
import { sharingSchema } from '../schema.ts';
import { agencyKeyMachine } from './agency-key.machine.ts';
import { partnerAgencyMachine } from './partner-agency.machine.ts';

/** Keys of one agency that are good at a time. */
export const mostKeys = 10;

/** 数据使用方: whom there are agreements with is public. */
export const partnerAgency = recordTable(
  sharingSchema,
  'partner_agency',
  {
    ...statusColumns<keyof typeof partnerAgencyMachine.states>(),
    name: text('name').notNull(),
    creditCode: text('credit_code').notNull(),
    reason: text('reason'),
  },
  (t) => [
    oneOf('partner_agency_status', t.status, Object.keys(partnerAgencyMachine.states)),
    unique('partner_agency_credit_code').on(t.owner, t.creditCode),
    index('partner_agency_owner').on(t.owner, t.name, t.id),
  ],
);

/** 数据使用方办理记录 */
export const partnerAgencyEvent = eventTable(sharingSchema, 'partner_agency', partnerAgency);

/** 公钥 of an agency, which keeps them itself. */
export const agencyKey = recordTable(
  sharingSchema,
  'agency_key',
  {
    ...statusColumns<keyof typeof agencyKeyMachine.states>(),
    agency: uuid('agency').notNull(),
    kid: text('kid').notNull(),
    algorithm: text('algorithm').$type<'EdDSA' | 'ES256'>().notNull(),
    publicKey: jsonb('public_key').$type<Readonly<Record<string, string>>>().notNull(),
  },
  (t) => [
    oneOf('agency_key_status', t.status, Object.keys(agencyKeyMachine.states)),
    oneOf('agency_key_algorithm', t.algorithm, ['EdDSA', 'ES256']),
    // A key that was retired never comes back.
    unique('agency_key_once').on(t.agency, t.kid),
    partOf('agency_key_part', t, t.agency, partnerAgency),
  ],
  { agency: true },
);

/** 公钥办理记录 */
export const agencyKeyEvent = agencyEventTable(sharingSchema, 'agency_key', agencyKey);
