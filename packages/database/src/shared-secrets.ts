import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { openAdministrator } from './administrator.ts';

/** A secret as it is kept for all starts over one database. */
export interface KeptSecret {
  /** As whoever has this administrator's password kept it last; undefined where nobody who has it did. */
  readonly secret: string | undefined;
  /** What of that may be known, and of what each other administrator kept, the latest first. */
  readonly known: readonly [latest: string, ...before: string[]];
  /** Whether that is the latest: another administrator may have kept another since. */
  readonly isLatest: boolean;
}

/** What all starts over one database share. */
export interface SharedSecrets {
  read(name: string): Promise<KeptSecret | undefined>;
  keep(name: string, kept: { readonly secret: string; readonly known: string }): Promise<void>;
}

const [saltBytes, ivBytes, tagBytes] = [16, 12, 16];

/** Of an earlier version, which knew one administrator. */
const unknownHolder = '';

const tables = `
create schema if not exists hub;
revoke all on schema hub from public;
create table if not exists hub.kept_secret (name text not null, sealed text not null, known text not null, modified timestamptz not null default now());
revoke all on hub.kept_secret from public;
alter table hub.kept_secret add column if not exists holder text not null default '${unknownHolder}';
alter table hub.kept_secret drop constraint if exists kept_secret_pkey, add constraint kept_secret_pkey primary key (name, holder);
create table if not exists hub.secret_salt (one boolean primary key default true check (one), salt text not null);
revoke all on hub.secret_salt from public`;

/**
 * Works on the secrets that all starts over one database share, one start after the other. Only whoever owns the schema `hub`
 * reads their table, and finds them sealed under the password of `adminUrl`: who administers the server, or has a copy of its
 * data, hasn't the secrets by that. Each password has a row of its own, so that nobody overwrites what others alone can open.
 */
export async function withSharedSecrets<Result>(
  adminUrl: string,
  work: (secrets: SharedSecrets) => Promise<Result>,
): Promise<Result> {
  const password = decodeURIComponent(new URL(adminUrl).password);
  const admin = await openAdministrator(adminUrl, 'hub-secrets');
  try {
    return (await admin.sql.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtext('cppcc-hub secrets'))`;
      // Asked for first: whoever may not make the schema may still use it.
      const [laid] = await sql`select to_regclass('hub.secret_salt') is not null as is`;
      if (!laid?.['is']) {
        await sql.unsafe(tables);
        await sql`insert into hub.secret_salt (salt) values (${randomBytes(saltBytes).toString('hex')}) on conflict do nothing`;
      }
      const [{ salt } = { salt: '' }] = await sql<{ salt: string }[]>`select salt from hub.secret_salt`;
      const rows = await sql<{ name: string; holder: string; sealed: string; known: string }[]>`
        select name, holder, sealed, known from hub.kept_secret order by modified desc`;
      const seals = sealsUnder(password, Buffer.from(salt, 'hex'));
      return work({
        async read(name) {
          const [latest, ...before] = rows.filter((one) => one.name === name);
          if (!latest) return undefined;
          const heldBy = (whose: string) => [latest, ...before].find(({ holder }) => holder === whose);
          const own = heldBy(seals.holder) ?? heldBy(unknownHolder);
          const secret = own && seals.open(own.sealed);
          return {
            secret,
            known: [latest.known, ...before.map(({ known }) => known)],
            isLatest: secret !== undefined && own?.known === latest.known,
          };
        },
        async keep(name, { secret, known }) {
          await sql`insert into hub.kept_secret (name, holder, sealed, known, modified)
            values (${name}, ${seals.holder}, ${seals.seal(secret)}, ${known}, clock_timestamp())
            on conflict (name, holder) do update set sealed = excluded.sealed, known = excluded.known, modified = excluded.modified`;
        },
      });
    })) as Result;
  } finally {
    await admin.sql.end();
  }
}

/** What is sealed in a database has one salt, since making a key of a password is slow. */
function sealsUnder(password: string, salt: Buffer) {
  const made = new Map<string, Buffer>();
  /** The first half is the key; the other tells who holds it, and nothing of the key or of the password. */
  const derived = (from: Buffer): Buffer => {
    const name = from.toString('hex');
    const both = made.get(name) ?? scryptSync(password, from, 64);
    made.set(name, both);
    return both;
  };
  const keyOf = (from: Buffer) => derived(from).subarray(0, 32);
  return {
    holder: derived(salt).subarray(32, 48).toString('hex'),
    seal(secret: string): string {
      const iv = randomBytes(ivBytes);
      const cipher = createCipheriv('aes-256-gcm', keyOf(salt), iv);
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return Buffer.concat([salt, iv, cipher.getAuthTag(), text]).toString('base64url');
    },
    open(kept: string): string | undefined {
      const bytes = Buffer.from(kept, 'base64url');
      const [iv, tag] = [saltBytes, saltBytes + ivBytes];
      try {
        const key = keyOf(bytes.subarray(0, iv));
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(iv, tag), { authTagLength: tagBytes });
        decipher.setAuthTag(bytes.subarray(tag, tag + tagBytes));
        return decipher.update(bytes.subarray(tag + tagBytes), undefined, 'utf8') + decipher.final('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
