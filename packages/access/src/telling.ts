/** Who is told of a change of a record, and what of it. */
import type { Actor } from './actor.ts';
import { type Audience, maySettingsRead, type ScopeSettings, scopeSettings } from './rules.ts';

/** Somebody to whom changes are told. */
export interface Reader {
  /** The same for all who may read the same rows and are told the same of them. */
  readonly key: string;
  readonly settings: ScopeSettings;
}

/** What of a scope the rules of reading look at. */
const read = [
  'hub.public',
  'hub.member_of',
  'hub.staff_of',
  'hub.below_lo',
  'hub.below_hi',
  'hub.named',
  'hub.receipt',
  'hub.feed',
  'hub.shared_by',
  'hub.shared_regions',
] as const satisfies readonly (keyof ScopeSettings)[];

export function readerOf(actor: Actor): Reader {
  const settings = scopeSettings(actor);
  return { key: JSON.stringify(read.map((name) => settings[name])), settings };
}

/** A change as it is for one who is told of it. */
export interface Told {
  /** By what they see: what they couldn't see before is new to them, and what they can't see any more is gone. */
  readonly operation: 'INSERT' | 'UPDATE' | 'DELETE';
  /** Codes of the owner, and of the parties as far as they may know them. */
  readonly committees: readonly string[];
  /** The same, and those who had to do with it until now. */
  readonly concerned: readonly string[];
}

/** What is told of a change from one audience to another; `null` stands for a record that isn't there. */
export function toldTo(
  { settings }: Reader,
  { before, after }: { readonly before: Audience | null; readonly after: Audience | null },
): Told | null {
  const saw = before !== null && maySettingsRead(settings, before) ? before : null;
  const sees = after !== null && maySettingsRead(settings, after) ? after : null;
  const shown = sees ?? saw;
  if (!shown) return null;
  const committees = known(settings, shown);
  return {
    operation: sees ? (saw ? 'UPDATE' : 'INSERT') : 'DELETE',
    committees,
    concerned: sees && saw ? [...new Set([...committees, ...known(settings, saw)])] : committees,
  };
}

/**
 * The committees of a record, to one who reads it: its owner, and its parties where it is public, since the rows that make
 * them parties are public with it; otherwise to staff of the owner and of the parties alone. An agency is told of the owner
 * alone: parties are a field, which its agreement may not share.
 */
function known(settings: ScopeSettings, { owner, visibility, parties }: Audience): readonly string[] {
  const staffOf = settings['hub.staff_of'];
  const isOneOfThem = staffOf !== '' && (staffOf === owner || parties.includes(staffOf));
  if (settings['hub.shared_regions'] !== '') return [owner];
  return visibility === 'PUBLIC' || isOneOfThem || settings['hub.feed'] === 'yes'
    ? [...new Set([owner, ...parties])]
    : [owner];
}
