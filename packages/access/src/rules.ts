/**
 * Who may read and write a row: the one place. Each rule stands twice, side by side: as a predicate over (actor, row)
 * and as the SQL of a row-level security policy over the settings of the scope. A property test holds the two equal.
 */
import { isId } from '@hub/inputs';
import { codeRange } from '@hub/regions';
import { type Actor, type Duty, subjectOf } from './actor.ts';

/** From the narrowest to the widest, as far as they compare; a record's visibility is its owner's choice. */
export const visibilities = [
  'PRIVATE', // named people
  'INTERNAL', // + staff of the committee
  'MEMBERS', // + its members
  'UPWARD', // staff of the committee and of the committees above it
  'JOINT', // staff of the parties of the joint work
  'PUBLIC',
] as const;
export type Visibility = (typeof visibilities)[number];

/** What decides who sees a row. */
export interface Audience {
  /** Current code of the committee whose record it is. */
  readonly owner: string;
  readonly visibility: Visibility;
  /** Current codes of the committees that take part in joint work. */
  readonly parties: readonly string[];
  /** Ids of those whom the record names: members whom it is about, departments that it was given to, groups that it is for. They always see it. */
  readonly subjects: readonly string[];
  /** Of a row that refers to a record of another subgraph: that one's audience, without which it isn't seen either. */
  readonly reference?: ReferenceAudience | null | undefined;
  /** Of a row that was filed under a receipt: its hash; whoever holds it reads the row. */
  readonly receipt?: string | null | undefined;
}

/** The audience of what a row refers to, as far as the row holds it. */
export interface ReferenceAudience extends Pick<Audience, 'owner' | 'visibility'> {
  /** Absent where the row doesn't know them. */
  readonly parties?: readonly string[] | null | undefined;
}

/** What of the actor a policy can read: settings of the transaction, or of the public's connections, '' where it doesn't apply. */
const settingNames = [
  'hub.public',
  'hub.member_of',
  'hub.staff_of',
  'hub.below_lo',
  'hub.below_hi',
  'hub.member',
  'hub.named',
  'hub.convenes',
  'hub.duties',
  'hub.department',
  'hub.department_of',
  'hub.receipt',
  'hub.feed',
  'hub.subject',
  'hub.agency',
  'hub.shared_by',
  'hub.shared_regions',
] as const;
type SettingName = (typeof settingNames)[number];
export type ScopeSettings = Readonly<Record<SettingName, string>>;

/**
 * Ids as an array of PostgreSQL; what comes from a token may hold anything. Whatever separates elements is escaped within
 * one, so that what stands between them can't be written in one: {@link inList} relies on it.
 */
const arrayOf = (ids: readonly string[]) => (ids.length === 0 ? '' : `{${ids.map(quoted).join(',')}}`);
const quoted = (text: string) => `"${text.replaceAll(/["\\,{}]/g, '\\$&')}"`;

const idOr = (text: string) => (isId(text) ? text : '');

/** Those of a record's subjects that the actor is. An id of a token that is none would pass for somebody's name. */
function namesOf(actor: Actor): readonly string[] {
  switch (actor.kind) {
    case 'MEMBER':
      return [...new Set([actor.member, ...actor.memberships, ...actor.convenes])].filter(isId);
    case 'DEPARTMENT':
      return [...[actor.department].filter(isId), subjectOf(actor)];
    case 'STAFF':
    case 'LIAISON':
      return [subjectOf(actor)];
    case 'AGENCY':
      return [actor.subject].filter(isId);
    default:
      return [];
  }
}

/** An actor's settings are asked for with each statement and each row that is told of. */
const settingsOf = new WeakMap<Actor, ScopeSettings>();

/** The settings of a scope for an actor. */
export function scopeSettings(actor: Actor): ScopeSettings {
  const known = settingsOf.get(actor);
  if (known) return known;
  const made = makeScopeSettings(actor);
  settingsOf.set(actor, made);
  return made;
}

function makeScopeSettings(actor: Actor): ScopeSettings {
  const below = actor.kind === 'STAFF' ? codeRange(actor.committee) : { lo: '', hi: '' };
  const faceless = actor.kind === 'AGENCY' || actor.kind === 'OPERATOR';
  return {
    'hub.public': faceless ? '' : 'yes',
    'hub.member_of': actor.kind === 'MEMBER' ? actor.committee : '',
    'hub.staff_of': actor.kind === 'STAFF' ? actor.committee : '',
    'hub.below_lo': below.lo,
    'hub.below_hi': below.hi,
    'hub.member': actor.kind === 'MEMBER' ? idOr(actor.member) : '',
    'hub.named': arrayOf(namesOf(actor)),
    'hub.convenes': actor.kind === 'MEMBER' ? arrayOf(actor.convenes.filter(isId)) : '',
    'hub.duties': actor.kind === 'STAFF' ? arrayOf(actor.duties) : '',
    'hub.department': actor.kind === 'DEPARTMENT' ? idOr(actor.department) : '',
    'hub.department_of': actor.kind === 'DEPARTMENT' ? actor.committee : '',
    'hub.receipt': actor.kind === 'PUBLIC' ? (actor.receipt ?? '') : '',
    'hub.feed': actor.kind === 'FEED' ? 'yes' : '',
    'hub.subject': actor.kind === 'OPERATOR' ? '' : subjectOf(actor),
    'hub.agency': actor.kind === 'AGENCY' ? idOr(actor.subject) : '',
    'hub.shared_by': actor.kind === 'AGENCY' ? (actor.sharedBy ?? '') : '',
    'hub.shared_regions': actor.kind === 'AGENCY' ? arrayOf(actor.regions) : '',
  };
}

/** A setting as a policy reads it: once per statement, and null where it is unset or a reused connection left ''. */
export const settingSql = (name: SettingName) => `(select nullif(current_setting('${name}', true), ''))`;

/** A setting that lists ids. */
const listed = (name: SettingName, type: 'text' | 'uuid' = 'text') =>
  `(select nullif(current_setting('${name}', true), '')::${type}[])`;
const inList = (list: string, value: string) =>
  list.includes(`{${quoted(value)}`) || list.includes(`,${quoted(value)}`);

/** Equal as SQL has it: what is unset equals nothing. */
const is = (setting: string, value: string) => setting !== '' && setting === value;

/** The regions that a committee lies in, its own among them, as codes: what an agreement says of one holds for all in it. */
const regionsOf = (owner: string) => [
  '000000',
  `${owner.slice(0, 2)}0000`,
  `${owner.slice(0, 4)}00`,
  owner.slice(0, 6),
  owner,
];
const inSharedRegions = (settings: ScopeSettings, owner: string) =>
  regionsOf(owner).some((region) => inList(settings['hub.shared_regions'], region));
const inSharedRegionsSql = (owner: string) =>
  `array['000000', left(${owner}, 2) || '0000', left(${owner}, 4) || '00', left(${owner}, 6), ${owner}::text] && ${listed('hub.shared_regions')}`;

/** Columns of an audience in a table, as SQL. */
export interface AudienceColumns {
  readonly owner: string;
  readonly visibility: string;
  readonly parties: string;
  readonly subjects: string;
}
const ownColumns: AudienceColumns = {
  owner: 'owner',
  visibility: 'visibility',
  parties: 'parties',
  subjects: 'subjects',
};

interface Rule {
  readonly who: string;
  readonly reads: readonly Visibility[];
  readonly applies: (settings: ScopeSettings, row: Audience) => boolean;
  readonly sql: (row: AudienceColumns) => string;
}

/** Every way in. To let somebody see more, add it here and nowhere else. */
export const readRules: readonly Rule[] = [
  {
    who: 'everyone with a face: all but agencies and operators',
    reads: ['PUBLIC'],
    applies: (settings) => settings['hub.public'] === 'yes',
    sql: () => `${settingSql('hub.public')} = 'yes'`,
  },
  {
    who: 'members of the owner',
    reads: ['MEMBERS'],
    applies: (settings, row) => is(settings['hub.member_of'], row.owner),
    sql: (row) => `${row.owner} = ${settingSql('hub.member_of')}`,
  },
  {
    who: 'staff of the owner',
    reads: ['INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT'],
    applies: (settings, row) => is(settings['hub.staff_of'], row.owner),
    sql: (row) => `${row.owner} = ${settingSql('hub.staff_of')}`,
  },
  {
    who: 'staff of a committee above the owner',
    reads: ['UPWARD'],
    applies: (settings, row) =>
      settings['hub.below_lo'] !== '' && row.owner >= settings['hub.below_lo'] && row.owner < settings['hub.below_hi'],
    sql: (row) => `${row.owner} >= ${settingSql('hub.below_lo')} and ${row.owner} < ${settingSql('hub.below_hi')}`,
  },
  {
    who: 'staff of a party of the joint work',
    reads: ['JOINT'],
    applies: (settings, row) => row.parties.some((party) => is(settings['hub.staff_of'], party)),
    sql: (row) => `${settingSql('hub.staff_of')} = any(${row.parties})`,
  },
  {
    who: 'those whom the record names',
    reads: visibilities,
    applies: (settings, row) => row.subjects.some((subject) => inList(settings['hub.named'], subject)),
    sql: (row) => `${row.subjects} && ${listed('hub.named')}`,
  },
  {
    who: 'an agency, in the regions that it may read of',
    reads: ['PUBLIC'],
    applies: (settings, row) => inSharedRegions(settings, row.owner),
    sql: (row) => inSharedRegionsSql(row.owner),
  },
  {
    // Joint records belong to several, and one alone can't share them.
    who: 'an agency under an agreement, of the committee that shares',
    reads: ['INTERNAL', 'MEMBERS', 'UPWARD'],
    applies: (settings, row) => is(settings['hub.shared_by'], row.owner) && inSharedRegions(settings, row.owner),
    sql: (row) => `${row.owner} = ${settingSql('hub.shared_by')} and ${inSharedRegionsSql(row.owner)}`,
  },
  {
    who: 'the hub’s own followers',
    reads: visibilities,
    applies: (settings) => settings['hub.feed'] === 'yes',
    sql: () => `${settingSql('hub.feed')} = 'yes'`,
  },
];

/** May this actor read a row with this audience? */
export function mayRead(actor: Actor, row: Audience): boolean {
  return maySettingsRead(scopeSettings(actor), row);
}

/** {@link mayRead} for who asks it of many rows. */
export function maySettingsRead(settings: ScopeSettings, row: Audience): boolean {
  const { reference } = row;
  return (
    (isReader(settings, row) || is(settings['hub.receipt'], row.receipt ?? '')) &&
    // Whoever the row doesn't know to be a party or subject of what it refers to is none.
    (reference == null || isReader(settings, { ...reference, parties: reference.parties ?? [], subjects: [] }))
  );
}

function isReader(settings: ScopeSettings, row: Audience): boolean {
  return readRules.some((rule) => rule.reads.includes(row.visibility) && rule.applies(settings, row));
}

const nobody = `'{}'::text[]`;

/** Whether the rows of a table refer to records of other subgraphs, and know the parties of these too. */
export type Refers = boolean | 'WITH_PARTIES';

/** {@link mayRead} as the USING clause of a SELECT policy, for a table whose rows have a receipt, or refer to others. */
export function rowPolicy({ receipt, refers }: { receipt?: boolean | undefined; refers?: Refers | undefined }): string {
  const reads = receipt ? `${readPolicy()} or ${receiptPolicy()}` : readPolicy();
  return refers
    ? `(${reads}) and (${readPolicy({ owner: 'reference_owner', visibility: 'reference_visibility', parties: refers === 'WITH_PARTIES' ? 'reference_parties' : nobody, subjects: nobody })})`
    : reads;
}

/** Those who read it by the rules alone, as SQL. */
export function readPolicy(row: AudienceColumns = ownColumns): string {
  return readRules
    .map((rule) => {
      const visible =
        rule.reads.length === visibilities.length
          ? ''
          : `${row.visibility} in (${rule.reads.map((name) => `'${name}'`).join(', ')}) and `;
      return `(${visible}${rule.sql(row)})`;
    })
    .join(' or ');
}

/**
 * Who writes the rows of a table besides the owner's staff. Each names a column of the table that the policy looks at.
 */
export interface Writers {
  /** Staff of the owner need one of these duties. */
  readonly duties: readonly Duty[];
  /** `author`: the member of the owner's who filed the row. */
  readonly author?: boolean | undefined;
  /** `organization`: the sector or group of the owner's whose convenor keeps the row. */
  readonly convenor?: boolean | undefined;
  /** `department`: the department of the owner's whose row it is. */
  readonly department?: boolean | undefined;
  /** `receipt`: anybody may file a row under a code, and whoever has the code reads it. */
  readonly receipt?: boolean | undefined;
  /** `agency`: the partner agency whose row it is. */
  readonly agency?: boolean | undefined;
  /** The hub's own followers. */
  readonly feed?: boolean | undefined;
}

/** What decides who writes a row. */
export interface Written {
  readonly owner: string;
  readonly author?: string | null | undefined;
  readonly organization?: string | null | undefined;
  readonly department?: string | null | undefined;
  readonly receipt?: string | null | undefined;
  readonly agency?: string | null | undefined;
}

interface WriteRule {
  readonly who: string;
  readonly holdsFor: (writers: Writers) => boolean;
  /** Rows may be put in and not changed. */
  readonly once?: boolean;
  readonly applies: (settings: ScopeSettings, row: Written, writers: Writers) => boolean;
  readonly sql: (writers: Writers) => string;
}

/** Every way to write. No committee writes another's records, whatever its level. */
export const writeRules: readonly WriteRule[] = [
  {
    who: 'staff of the owner who are charged with it',
    holdsFor: () => true,
    applies: (settings, row, { duties }) =>
      is(settings['hub.staff_of'], row.owner) && duties.some((duty) => inList(settings['hub.duties'], duty)),
    sql: ({ duties }) =>
      `(owner = ${settingSql('hub.staff_of')} and ${listed('hub.duties')} && '{${duties.join(',')}}'::text[])`,
  },
  {
    who: 'the member who filed it',
    holdsFor: ({ author }) => author === true,
    applies: (settings, row) =>
      is(settings['hub.member_of'], row.owner) && is(settings['hub.member'], row.author ?? ''),
    sql: () => `(owner = ${settingSql('hub.member_of')} and author = ${settingSql('hub.member')}::uuid)`,
  },
  {
    who: 'the convenor of the sector or group whose it is',
    holdsFor: ({ convenor }) => convenor === true,
    applies: (settings, row) =>
      is(settings['hub.member_of'], row.owner) && inList(settings['hub.convenes'], row.organization ?? ''),
    sql: () => `(owner = ${settingSql('hub.member_of')} and array[organization] <@ ${listed('hub.convenes', 'uuid')})`,
  },
  {
    who: 'the department whose it is',
    holdsFor: ({ department }) => department === true,
    applies: (settings, row) =>
      is(settings['hub.department_of'], row.owner) && is(settings['hub.department'], row.department ?? ''),
    sql: () => `(owner = ${settingSql('hub.department_of')} and department = ${settingSql('hub.department')}::uuid)`,
  },
  {
    who: 'anybody, under a code of their own',
    holdsFor: ({ receipt }) => receipt === true,
    once: true,
    applies: (settings, row) => settings['hub.public'] === 'yes' && (row.receipt ?? '') !== '',
    sql: () => `(${settingSql('hub.public')} = 'yes' and receipt <> '')`,
  },
  {
    who: 'the partner agency whose it is',
    holdsFor: ({ agency }) => agency === true,
    applies: (settings, row) => is(settings['hub.agency'], row.agency ?? ''),
    sql: () => `(agency = ${settingSql('hub.agency')}::uuid)`,
  },
  {
    who: 'the hub’s own followers',
    holdsFor: ({ feed }) => feed === true,
    applies: (settings) => settings['hub.feed'] === 'yes',
    sql: () => `(${settingSql('hub.feed')} = 'yes')`,
  },
];

const rulesOf = (writers: Writers, change: 'INSERT' | 'UPDATE') =>
  writeRules.filter((rule) => rule.holdsFor(writers) && (change === 'INSERT' || !rule.once));

/** May this actor put in, or change, a row of a table with these writers? */
export function mayWrite(actor: Actor, row: Written, writers: Writers, change: 'INSERT' | 'UPDATE'): boolean {
  const settings = scopeSettings(actor);
  return rulesOf(writers, change).some((rule) => rule.applies(settings, row, writers));
}

/** {@link mayWrite} as the clause of INSERT and UPDATE policies. */
export function writePolicy(writers: Writers, change: 'INSERT' | 'UPDATE'): string {
  return rulesOf(writers, change)
    .map((rule) => rule.sql(writers))
    .join(' or ');
}

/** What a table with a `receipt` shows besides: a row to whoever has its code. */
export function receiptPolicy(): string {
  return `(receipt = ${settingSql('hub.receipt')})`;
}

/** Who reads what the hub keeps for a subject between requests. */
export function subjectPolicy(): string {
  return `subject = ${settingSql('hub.subject')}`;
}

/** Which rows of a table are of the member who asks: those whose `member` they act as. */
export function memberPolicy(): string {
  return `member = ${settingSql('hub.member')}::uuid`;
}

/** Who reads the change feed. */
export function feedPolicy(): string {
  return `${settingSql('hub.feed')} = 'yes'`;
}
