/**
 * Who may read and write a row: the one place. Each rule stands twice, side by side: as a predicate over (actor, row)
 * and as the SQL of a row-level security policy over the settings of the scope. A property test holds the two equal.
 */
import { codeRange } from '@hub/regions';
import type { Actor } from './actor.ts';

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
  /** Ids of the members whom the record is about: they always see it. */
  readonly subjects: readonly string[];
}

/** What of the actor a policy can read: settings of the transaction, or of the public's connections, '' where it doesn't apply. */
const settingNames = [
  'hub.public',
  'hub.member_of',
  'hub.staff_of',
  'hub.below_lo',
  'hub.below_hi',
  'hub.member',
] as const;
type SettingName = (typeof settingNames)[number];
export type ScopeSettings = Readonly<Record<SettingName, string>>;

/** The settings of a scope for an actor. */
export function scopeSettings(actor: Actor): ScopeSettings {
  const below = actor.kind === 'STAFF' ? codeRange(actor.committee) : { lo: '', hi: '' };
  return {
    'hub.public': actor.kind === 'AGENCY' || actor.kind === 'OPERATOR' ? '' : 'yes',
    'hub.member_of': actor.kind === 'MEMBER' ? actor.committee : '',
    'hub.staff_of': actor.kind === 'STAFF' ? actor.committee : '',
    'hub.below_lo': below.lo,
    'hub.below_hi': below.hi,
    'hub.member': actor.kind === 'MEMBER' ? actor.member : '',
  };
}

/** A setting as a policy reads it: once per statement, and null where it is unset or a reused connection left ''. */
const setting = (name: SettingName) => `(select nullif(current_setting('${name}', true), ''))`;

/** Equal as SQL has it: what is unset equals nothing. */
const is = (setting: string, value: string) => setting !== '' && setting === value;

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
    sql: () => `${setting('hub.public')} = 'yes'`,
  },
  {
    who: 'members of the owner',
    reads: ['MEMBERS'],
    applies: (settings, row) => is(settings['hub.member_of'], row.owner),
    sql: (row) => `${row.owner} = ${setting('hub.member_of')}`,
  },
  {
    who: 'staff of the owner',
    reads: ['INTERNAL', 'MEMBERS', 'UPWARD', 'JOINT'],
    applies: (settings, row) => is(settings['hub.staff_of'], row.owner),
    sql: (row) => `${row.owner} = ${setting('hub.staff_of')}`,
  },
  {
    who: 'staff of a committee above the owner',
    reads: ['UPWARD'],
    applies: (settings, row) =>
      settings['hub.below_lo'] !== '' && row.owner >= settings['hub.below_lo'] && row.owner < settings['hub.below_hi'],
    sql: (row) => `${row.owner} >= ${setting('hub.below_lo')} and ${row.owner} < ${setting('hub.below_hi')}`,
  },
  {
    who: 'staff of a party of the joint work',
    reads: ['JOINT'],
    applies: (settings, row) => row.parties.some((party) => is(settings['hub.staff_of'], party)),
    sql: (row) => `${setting('hub.staff_of')} = any(${row.parties})`,
  },
  {
    who: 'the members whom the record is about',
    reads: visibilities,
    applies: (settings, row) => row.subjects.some((subject) => is(settings['hub.member'], subject)),
    sql: (row) => `${setting('hub.member')} = any(${row.subjects})`,
  },
];

/** May this actor read a row with this audience? */
export function mayRead(actor: Actor, row: Audience): boolean {
  const settings = scopeSettings(actor);
  return readRules.some((rule) => rule.reads.includes(row.visibility) && rule.applies(settings, row));
}

/** {@link mayRead} as the USING clause of a SELECT policy. */
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

/** May this actor write a row of this owner? No committee writes another's records, whatever its level. */
export function mayWrite(actor: Actor, row: Pick<Audience, 'owner'>): boolean {
  return actor.kind === 'STAFF' && actor.committee === row.owner;
}

/** {@link mayWrite} as the clause of INSERT and UPDATE policies. */
export function writePolicy(row: Pick<AudienceColumns, 'owner'> = ownColumns): string {
  return `${row.owner} = ${setting('hub.staff_of')}`;
}
