import { awaitedOf, type WorkKind } from '@hub/workflow';
import { type AnyColumn, eq, sql } from 'drizzle-orm';
import { agreementMachine } from '../agreements/agreement.machine.ts';
import { milestoneMachine } from '../milestones/milestone.machine.ts';
import { partnerMachine } from '../partners/partner.machine.ts';
import { agreement, cooperation, milestone, partner, visitFinding } from '../tables.ts';
import { visitFindingMachine } from '../visits/visit-finding.machine.ts';

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
    waits: awaitedOf(agreement, agreementMachine),
  },
  {
    machine: visitFindingMachine,
    table: visitFinding,
    title: visitFinding.text,
    waits: awaitedOf(visitFinding, visitFindingMachine),
  },
];
