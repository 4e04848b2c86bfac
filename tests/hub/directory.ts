/** Members and organizations that a story names by ids of its own: put into the directory before it begins. */
import type { Hub } from './hub.ts';

export async function putIntoDirectory(
  hub: Hub,
  { members = {}, organizations = {} }: { members?: Record<string, string>; organizations?: Record<string, string> },
): Promise<void> {
  const sql = hub.database.admin;
  for (const [id, committee] of Object.entries(members)) {
    const person = crypto.randomUUID();
    await sql`insert into members.person (id, owner, owner_as_filed, visibility, name)
      values (${person}, ${committee}, ${committee}, 'MEMBERS', '某委员')`;
    await sql`insert into members.member (id, owner, owner_as_filed, visibility, person, name)
      values (${id}, ${committee}, ${committee}, 'MEMBERS', ${person}, '某委员')`;
  }
  for (const [id, committee] of Object.entries(organizations))
    await sql`insert into members.organization (id, owner, owner_as_filed, visibility, name, classification)
      values (${id}, ${committee}, ${committee}, 'MEMBERS', ${`单位${id}`}, 'DEPARTMENT')`;
}
