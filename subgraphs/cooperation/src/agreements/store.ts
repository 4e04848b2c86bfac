import { rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, isNull, sql } from 'drizzle-orm';
import { stands } from '../cooperations/store.ts';
import { agreement, agreementFile } from '../tables.ts';

const agreementFields = {
  id: agreement.id,
  owner: agreement.owner,
  cooperation: agreement.cooperation,
  title: agreement.title,
  signed: agreement.signed,
  signatories: agreement.signatories,
  committees: agreement.committees,
  signatures: agreement.signatures,
  term: agreement.term,
  status: agreement.status,
  since: agreement.since,
  description: agreement.description,
  reason: agreement.reason,
  supersedes: agreement.supersedes,
  source: agreement.source,
  revision: agreement.revision,
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
    .orderBy(asc(agreement.position), asc(agreement.created), asc(agreement.id)),
);
/** Those in force that took the place of earlier ones; of several the first. */
const successorsOfAgreements = statement(
  build
    .select(agreementFields)
    .from(agreement)
    .where(
      and(
        sql`${agreement.supersedes} = any(${sql.placeholder('keys')}::uuid[])`,
        sql`${agreement.status} = 'SIGNED'`,
        isNull(agreement.deleted),
      ),
    )
    .orderBy(asc(agreement.created), asc(agreement.id)),
);
export type AgreementFile = Awaited<ReturnType<typeof filesOfAgreements.run>>[number];
const filesOfAgreements = statement(
  build
    .select({
      id: agreementFile.id,
      owner: agreementFile.owner,
      agreement: agreementFile.agreement,
      kind: agreementFile.kind,
      file: agreementFile.file,
      created: agreementFile.created,
    })
    .from(agreementFile)
    .where(
      and(sql`${agreementFile.agreement} = any(${sql.placeholder('keys')}::uuid[])`, isNull(agreementFile.deleted)),
    )
    .orderBy(asc(agreementFile.created), asc(agreementFile.id)),
);

/** Agreements, for one fetch. */
export class AgreementStore {
  readonly agreements;
  readonly agreementsOfCooperation;
  readonly successorsOfAgreement;
  readonly filesOfAgreement;

  constructor(scope: Scope) {
    this.agreements = rowById(scope, agreementsById);
    this.agreementsOfCooperation = rowsByKey(scope, agreementsOfCooperations, (row) => row.cooperation);
    this.successorsOfAgreement = rowsByKey(scope, successorsOfAgreements, (row) => row.supersedes ?? '');
    this.filesOfAgreement = rowsByKey(scope, filesOfAgreements, (row) => row.agreement);
  }
}
