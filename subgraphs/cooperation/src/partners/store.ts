import { rowById, rowsByKey } from '@hub/connections';
import { build, type Scope, statement } from '@hub/database';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { stands } from '../cooperations/store.ts';
import { organizationLink, partner, partnerOrganization } from '../tables.ts';

const { placeholder } = sql;

const partnerFields = {
  id: partner.id,
  owner: partner.owner,
  cooperation: partner.cooperation,
  committee: partner.committee,
  role: partner.role,
  status: partner.status,
  since: partner.since,
  reason: partner.reason,
  answeredRevision: partner.answeredRevision,
  position: partner.position,
  revision: partner.revision,
};
export type Partner = Awaited<ReturnType<typeof partnersById.run>>[number];
const partnersById = statement(
  build
    .select(partnerFields)
    .from(partner)
    .where(
      and(
        sql`${partner.id} = any(${placeholder('ids')}::uuid[])`,
        isNull(partner.deleted),
        stands(partner.cooperation),
      ),
    ),
);
const partnersOfCooperations = statement(
  build
    .select(partnerFields)
    .from(partner)
    .where(and(sql`${partner.cooperation} = any(${placeholder('keys')}::uuid[])`, isNull(partner.deleted)))
    .orderBy(asc(partner.position)),
);
export type PartnerOrganization = Awaited<ReturnType<typeof organizationsOfPartners.run>>[number];
const organizationsOfPartners = statement(
  build
    .select({
      id: partnerOrganization.id,
      partner: partnerOrganization.partner,
      name: partnerOrganization.name,
      role: partnerOrganization.role,
      organization: sql<
        string | null
      >`coalesce(${partnerOrganization.organization}, ${organizationLink.organization})`.as('named_organization'),
    })
    .from(partnerOrganization)
    .leftJoin(
      organizationLink,
      and(eq(organizationLink.partnerOrganization, partnerOrganization.id), isNull(organizationLink.deleted)),
    )
    .where(
      and(
        sql`${partnerOrganization.partner} = any(${placeholder('keys')}::uuid[])`,
        isNull(partnerOrganization.deleted),
      ),
    )
    .orderBy(asc(partnerOrganization.position), asc(partnerOrganization.created), asc(partnerOrganization.id)),
);

/** Partners of cooperations and the bodies at their sides, for one fetch. */
export class PartnerStore {
  readonly partners;
  readonly partnersOfCooperation;
  readonly organizationsOfPartner;

  constructor(scope: Scope) {
    this.partners = rowById(scope, partnersById);
    this.partnersOfCooperation = rowsByKey(scope, partnersOfCooperations, (row) => row.cooperation);
    this.organizationsOfPartner = rowsByKey(scope, organizationsOfPartners, (row) => row.partner);
  }
}
