import { awaitedOf, type WorkKind } from '@hub/workflow';
import { type AnyColumn, eq, isNull, sql } from 'drizzle-orm';
import { agreementMachine } from '../agreements/agreement.machine.ts';
import { milestoneMachine } from '../milestones/milestone.machine.ts';
import { partnerMachine } from '../partners/partner.machine.ts';
import { agreement, cooperation, milestone, partner, visitFinding } from '../tables.ts';
import { visitFindingMachine } from '../visits/visit-finding.machine.ts';

const { placeholder } = sql;

const titleOf = (column: AnyColumn) =>
  sql`(select ${cooperation.title} from ${cooperation} where ${eq(cooperation.id, column)})`;

/** Every kind of record here that waits for a committee. */
export const workKinds: readonly WorkKind[] = [
  {
    machine: partnerMachine,
    table: partner,
    title: titleOf(partner.cooperation),
    waits: awaitedOf(partner, partnerMachine),
  },
  {
    machine: milestoneMachine,
    table: milestone,
    title: milestone.title,
    waits: awaitedOf(milestone, milestoneMachine),
  },
  {
    machine: agreementMachine,
    table: agreement,
    title: agreement.title,
    // Each side signs for itself, whoever entered it.
    waits: [
      {
        step: 'signAgreement',
        kind: 'STAFF',
        where: sql`${agreement.status} in ('DRAFT', 'PARTLY_SIGNED') and ${agreement.since} is not null
          and (${agreement.committees} = '{}' or ${placeholder('committee')} = any(${agreement.committees}))
          and not ${agreement.signatures} @> jsonb_build_array(jsonb_build_object('committee', ${placeholder('committee')}::text))
          and ${agreement.cooperation} = any(array(select ${partner.cooperation} from ${partner}
            where ${partner.committee} = ${placeholder('committee')} and ${partner.status} = 'ACCEPTED' and ${isNull(partner.deleted)}))`,
        day: agreement.since,
      },
    ],
  },
  {
    machine: visitFindingMachine,
    table: visitFinding,
    title: visitFinding.text,
    waits: awaitedOf(visitFinding, visitFindingMachine),
  },
];
