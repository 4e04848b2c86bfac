import { createCipheriv, createDecipheriv, randomBytes, scryptSync } from 'node:crypto';
import { openAdministrator } from './administrator.ts';

/** A secret as it is kept for all starts over one database. */
export interface KeptSecret {
  /** Undefined where it was sealed under another password than the administrator's. */
  readonly secret: string | undefined;
  /** What of it may be known. */
  readonly known: string;
}

/** What all starts over one database share. */
export interface SharedSecrets {
  read(name: string): Promise<KeptSecret | undefined>;
  keep(name: string, kept: { readonly secret: string; readonly known: string }): Promise<void>;
}

const [saltBytes, ivBytes, tagBytes] = [16, 12, 16];

/**
 * Works on the secrets that all starts over one database share, one start after the other. Only whoever owns the schema `hub`
 * reads their table, and finds them sealed under the password of `adminUrl`: who administers the server, or has a copy of its
 * data, hasn't the secrets by that.
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
      const [laid] = await sql`select to_regclass('hub.kept_secret') is not null as is`;
      if (!laid?.['is'])
        await sql.unsafe(`
          create schema if not exists hub;
          revoke all on schema hub from public;
          create table if not exists hub.kept_secret (
            name text primary key, sealed text not null, known text not null, modified timestamptz not null default now());
          revoke all on hub.kept_secret from public`);
      const rows = await sql<{ name: string; sealed: string; known: string }[]>`
        select name, sealed, known from hub.kept_secret`;
      const seals = sealsUnder(password);
      return work({
        async read(name) {
          const row = rows.find((one) => one.name === name);
          return row && { known: row.known, secret: seals.open(row.sealed) };
        },
        async keep(name, { secret, known }) {
          await sql`insert into hub.kept_secret (name, sealed, known) values (${name}, ${seals.seal(secret)}, ${known})
            on conflict (name) do update set sealed = excluded.sealed, known = excluded.known, modified = now()`;
        },
      });
    })) as Result;
  } finally {
    await admin.sql.end();
  }
}

/** What is sealed at a time has one salt, since making a key of a password is slow. */
function sealsUnder(password: string) {
  const keys = new Map<string, Buffer>();
  const keyOf = (salt: Buffer): Buffer => {
    const name = salt.toString('hex');
    const key = keys.get(name) ?? scryptSync(password, salt, 32);
    keys.set(name, key);
    return key;
  };
  const salt = randomBytes(saltBytes);
  return {
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
