import { type Connection, ListReader, list, type PageArguments, rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, isNull, sql } from 'drizzle-orm';
import { nominee, nomineeReference } from './tables.ts';

const { placeholder } = sql;

const nomineeFields = {
  id: nominee.id,
  owner: nominee.owner,
  jointPlan: nominee.jointPlan,
  kind: nominee.kind,
  name: nominee.name,
  role: nominee.role,
  status: nominee.status,
  since: nominee.since,
  standsInFor: nominee.standsInFor,
  reason: nominee.reason,
  visibility: nominee.visibility,
  revision: nominee.revision,
  created: nominee.created,
  modified: nominee.modified,
};
const nomineesById = statement(
  build
    .select(nomineeFields)
    .from(nominee)
    .where(and(sql`${nominee.id} = any(${placeholder('ids')}::uuid[])`, isNull(nominee.deleted))),
);
export type Nominee = Awaited<ReturnType<typeof nomineesById.run>>[number];
const nomineesOfPlans = statement(
  build
    .select(nomineeFields)
    .from(nominee)
    .where(and(sql`${nominee.jointPlan} = any(${placeholder('keys')}::uuid[])`, isNull(nominee.deleted)))
    .orderBy(asc(nominee.owner), asc(nominee.created), asc(nominee.id)),
);
const referencesOfNominees = statement(
  build
    .select({
      nominee: nomineeReference.nominee,
      member: nomineeReference.member,
      organization: nomineeReference.organization,
    })
    .from(nomineeReference)
    .where(
      and(sql`${nomineeReference.nominee} = any(${placeholder('keys')}::uuid[])`, isNull(nomineeReference.deleted)),
    ),
);
const nominationsOfMember = list({
  name: 'nominations of member',
  table: nominee,
  fields: nomineeFields,
  key: { member: 'uuid' },
  tie: sql`${nominee.id} = any(array(select ${nomineeReference.nominee} from ${nomineeReference}
    where ${nomineeReference.member} = key.member and ${nomineeReference.deleted} is null))`,
  orders: { CREATED_DESC: { by: ['created'], descending: true } },
});

/** Whom the parties of joint plans send, for one fetch. */
export class NomineeStore {
  readonly #lists: ListReader;
  readonly nominees;
  readonly nomineesOfPlan;
  readonly referenceOfNominee;

  constructor(scope: Scope) {
    this.#lists = new ListReader(scope);
    this.nominees = rowById(scope, nomineesById);
    this.nomineesOfPlan = rowsByKey(scope, nomineesOfPlans, (row) => row.jointPlan);
    this.referenceOfNominee = rowsByKey(scope, referencesOfNominees, (row) => row.nominee);
  }

  ofMember(member: string, page: PageArguments): Connection<Nominee> {
    return this.#lists.connection(nominationsOfMember, { member }, { page, order: 'CREATED_DESC' });
  }
}
