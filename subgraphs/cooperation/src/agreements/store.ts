import { rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, isNull, sql } from 'drizzle-orm';
import { stands } from '../cooperations/store.ts';
import { agreement } from '../tables.ts';

const agreementFields = {
  id: agreement.id,
  cooperation: agreement.cooperation,
  title: agreement.title,
  signed: agreement.signed,
  signatories: agreement.signatories,
  description: agreement.description,
  source: agreement.source,
};
export type Agreement = Awaited<ReturnType<typeof agreementsById.run>>[number];
const agreementsById = statement(
  build
    .select(agreementFields)
    .from(agreement)
    .where(
      and(
        sql`${agreement.id} = any(${sql.placeholder('ids')}::uuid[])`,
        isNull(agreement.deleted),
        stands(agreement.cooperation),
      ),
    ),
);
const agreementsOfCooperations = statement(
  build
    .select(agreementFields)
    .from(agreement)
    .where(and(sql`${agreement.cooperation} = any(${sql.placeholder('keys')}::uuid[])`, isNull(agreement.deleted)))
    .orderBy(asc(agreement.position)),
);

/** Agreements, for one fetch. */
export class AgreementStore {
  readonly agreements;
  readonly agreementsOfCooperation;
  constructor(scope: Scope) {
    this.agreements = rowById(scope, agreementsById);
    this.agreementsOfCooperation = rowsByKey(scope, agreementsOfCooperations, (row) => row.cooperation);
  }
}
