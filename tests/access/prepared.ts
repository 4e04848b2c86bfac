/** What of the fixture stands in the way of a mutation that nobody could do on it, and how it is out of the way while that one is tried. */
import type postgres from 'postgres';
import type { World } from './fixture.ts';

export interface Preparation {
  readonly deeds: readonly string[];
  /** Tables that are changed, and afterwards are as they were. */
  readonly tables: readonly string[];
  readonly changes: readonly string[];
  /** What is given in place of the sample. */
  readonly given?: (world: World) => Readonly<Record<string, unknown>>;
}

/** The fixture's consultations were long ago. */
const toCome = [
  `update consultations.consultation set status = 'SCHEDULED', places = 100, sign_up_opens = now() - interval '1 day', sign_up_closes = now() + interval '90 days'`,
  `update consultations.part set starts = now() + interval '100 days', ends = now() + interval '100 days 2 hours'`,
];
const meetings = ['consultations.consultation', 'consultations.part'];

export const preparations: readonly Preparation[] = [
  {
    deeds: [
      ...['announceConsultation', 'inviteMember', 'inviteMembers', 'acceptInvitation', 'declineInvitation'],
      ...[
        'signUpAgain',
        'withdrawSignUp',

        'acceptSubstitution',
        'declineSubstitution',
        'requestLeave',
      ],
    ],
    tables: [...meetings, 'consultations.leave'],
    changes: [...toCome, 'delete from consultations.leave'],
  },
  {
    deeds: ['nameSubstitute'],
    tables: meetings,
    changes: toCome,
    // Whom the fixture has takes part already.
    given: () => ({ substitute: '00000000-0000-4000-8000-00000000c0a0' }),
  },
  {
    deeds: ['signUp'],
    tables: [...meetings, 'consultations.attendance'],
    changes: [...toCome, 'delete from consultations.attendance'],
  },
  {
    deeds: ['acceptLinkedInvitation', 'declineLinkedInvitation'],
    tables: ['consultations.linked_part', 'consultations.linked_invitation'],
    changes: ['delete from consultations.linked_part', `update consultations.linked_invitation set status = 'OPEN'`],
  },
  {
    deeds: ['takeReferral', 'declineReferral'],
    tables: ['consultations.referral_handling'],
    changes: ['delete from consultations.referral_handling'],
  },
  {
    deeds: ['fileMinutes'],
    tables: ['consultations.follow_up'],
    changes: ['delete from consultations.follow_up'],
  },
  {
    deeds: ['followUpConsultation'],
    tables: ['consultations.consultation', 'consultations.follow_up_visit'],
    changes: [`update consultations.consultation set status = 'HELD'`, 'delete from consultations.follow_up_visit'],
    given: ({ byTable }) => ({
      through: byTable.get('consultations.consultation')?.find(({ variant }) => variant === 'pu')?.id,
    }),
  },
  {
    deeds: ['acceptCoAuthorInvitation', 'declineCoAuthorInvitation', 'withdrawCoAuthorInvitation'],
    tables: ['consultations.co_author_answer'],
    changes: ['delete from consultations.co_author_answer'],
  },
  {
    deeds: ['acceptCooperation', 'declineCooperation'],
    tables: ['cooperation.partner', 'cooperation.partner_answer'],
    changes: [
      'delete from cooperation.partner_answer',
      `update cooperation.partner set status = 'INVITED', since = current_date, position = position + 1000`,
    ],
  },
  {
    deeds: ['correctAid'],
    tables: ['cooperation.aid_entry'],
    changes: ['update cooperation.aid_entry set superseded = false, corrects = null'],
  },
  {
    deeds: ['confirmTag'],
    tables: ['members.tag'],
    changes: ['update members.tag set confirmed = null, confirmed_by = null'],
  },
  {
    deeds: ['endConvenorship'],
    tables: ['members.organization_member'],
    changes: [`update members.organization_member set role = 'CONVENOR'`],
  },
];

const preparationOf = (deed: string) => preparations.find(({ deeds }) => deeds.includes(deed));
export const givenBesides = (world: World, deed: string) => preparationOf(deed)?.given?.(world) ?? {};
export const isPrepared = (deed: string): boolean => preparationOf(deed) !== undefined;

/** Does something with a deed while nothing stands in its way. */
export async function withoutHindrance<Result>(
  admin: postgres.Sql,
  deed: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const preparation = preparationOf(deed);
  if (!preparation) return work();
  const { tables, changes } = preparation;
  const copy = (table: string) => `public."kept ${table}"`;
  await admin.begin(async (sql) => {
    await sql`set local session_replication_role = replica`;
    for (const table of tables) await sql.unsafe(`create table ${copy(table)} as table ${table}`);
    for (const change of changes) await sql.unsafe(change);
  });
  try {
    return await work();
  } finally {
    await admin.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      for (const table of tables) {
        const [{ columns } = { columns: '' }] = await sql<{ columns: string }[]>`
          select string_agg(quote_ident(attname), ', ') as columns from pg_attribute
          where attrelid = ${table}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`;
        await sql.unsafe(`delete from ${table}`);
        await sql.unsafe(`insert into ${table} (${columns}) select ${columns} from ${copy(table)}`);
        await sql.unsafe(`drop table ${copy(table)}`);
      }
    });
  }
}
