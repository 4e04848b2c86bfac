/** Whoever DATABASE_URL names: whether they may do what the hub needs, and as whom they do it. */

import { StartError } from '@hub/lifecycle';
import postgres from 'postgres';
import { cleanConnection } from './clean-connection.ts';
import { quoted } from './roles.ts';

export interface Administrator {
  readonly sql: postgres.Sql;
  readonly name: string;
  readonly database: string;
  /** The server's version as a number, 150000 or more. */
  readonly version: number;
  readonly isSuperuser: boolean;
  readonly mayCreateRoles: boolean;
  readonly mayCreateSchemas: boolean;
}

/** Opens the administrator's connection. It is one, so that what is set for it holds for all that is asked. */
export async function openAdministrator(adminUrl: string, applicationName: string): Promise<Administrator> {
  const sql = postgres(adminUrl, {
    max: 1,
    onnotice: () => undefined,
    connection: { application_name: applicationName },
  });
  try {
    await sql.unsafe(cleanConnection);
    const [self] = await sql`
      select current_user as name, current_database() as database, current_setting('server_version_num')::integer as version,
        rolsuper as "isSuperuser", rolsuper or rolcreaterole as "mayCreateRoles",
        has_database_privilege(current_database(), 'create') as "mayCreateSchemas"
      from pg_catalog.pg_roles where rolname = current_user`;
    return { sql, ...(self as Omit<Administrator, 'sql'>) };
  } catch (error) {
    await sql.end();
    throw error;
  }
}

/** Who owns a schema, or will. All that is in it is theirs, whoever of several administrators laid it. */
export async function ownersOf(admin: Administrator, schemas: readonly string[]): Promise<ReadonlyMap<string, string>> {
  // PostgreSQL 16 tells being a member from being able to act as who one is a member of.
  const acting = admin.version >= 160_000 ? 'SET' : 'MEMBER';
  const owned = await admin.sql<{ schema: string; owner: string; acts: boolean }[]>`
    select nspname as schema, rolname as owner, pg_has_role(current_user, nspowner, ${acting}) as acts
    from pg_catalog.pg_namespace join pg_catalog.pg_roles as owner on owner.oid = nspowner where nspname = any(${[...schemas]})`;
  const foreign = owned.find(({ acts }) => !acts);
  if (foreign)
    throw new StartError(
      'DATABASE_RIGHTS_MISSING',
      `The schema ${foreign.schema} belongs to ${foreign.owner}, and ${admin.name}, the user of DATABASE_URL, may not act as that role: name ${foreign.owner} in DATABASE_URL, or run, as a superuser, GRANT ${quoted(foreign.owner)} TO ${quoted(admin.name)}.`,
    );
  const known = new Map(owned.map(({ schema, owner }) => [schema, owner]));
  return new Map(schemas.map((schema) => [schema, known.get(schema) ?? admin.name]));
}

/** Says what is missing for laying schemas, before anything is begun. */
export function requireRights(
  admin: Administrator,
  needed: { readonly schemas: boolean; readonly roles: boolean },
): void {
  const missing = [
    ...(needed.schemas && !admin.mayCreateSchemas
      ? [
          {
            what: 'create schemas in it',
            cure: `GRANT CREATE ON DATABASE ${quoted(admin.database)} TO ${quoted(admin.name)}`,
          },
        ]
      : []),
    ...(needed.roles && !admin.mayCreateRoles
      ? [{ what: 'create roles', cure: `ALTER ROLE ${quoted(admin.name)} CREATEROLE` }]
      : []),
  ];
  if (missing.length > 0)
    throw new StartError(
      'DATABASE_RIGHTS_MISSING',
      `The user of DATABASE_URL may not ${missing.map(({ what }) => what).join(' nor ')}: run, as a superuser, ${missing.map(({ cure }) => cure).join('; ')}.`,
    );
}
