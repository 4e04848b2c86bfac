/** The login roles of subgraphs: how they are called, and how their passwords get to the server without being told to it. */
import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import postgres from 'postgres';

/** PostgreSQL cuts longer names off, and two of them may then be one. */
const longestName = 63;

/**
 * The role of a subgraph. Roles are the whole server's, so it bears the name of the database too: two hubs on one server have
 * roles apart. Where the name is too long or too odd to be part of another, what stands for it has a `$`, which no other has.
 */
export function roleOf(database: string, schema: string): string {
  const name = `hub_${database}_${schema}`;
  if (/^[a-z][a-z0-9_]*$/.test(database) && !schema.includes('_') && name.length <= longestName) return name;
  const hash = createHash('sha256').update(`${database}/${schema}`).digest('hex').slice(0, 16);
  const rest = longestName - `hub_$${hash}_${schema}`.length;
  const readable = database
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, Math.min(rest, 20));
  return `hub_${readable}$${hash}_${schema}`;
}

/** A name as SQL has it. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/**
 * What the server keeps of a password (RFC 5802, RFC 7677, as PostgreSQL writes it). A statement that sets a password stands
 * in the server's log whenever it fails or statements are logged; this is as good to the server, and logs nobody in.
 */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16), iterations = 4096): string {
  const salted = pbkdf2Sync(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
  const keyOf = (name: string) => createHmac('sha256', salted).update(name).digest();
  const storedKey = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  const serverKey = keyOf('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${storedKey}:${serverKey}`;
}

/** The address at which a role reaches its database. @param folder of the server's socket, where it is to be reached by that */
export function loginUrl(adminUrl: string, role: string, password: string, folder?: string): string {
  const url = new URL(adminUrl);
  if (folder) url.searchParams.set('host', folder);
  url.username = encodeURIComponent(role);
  url.password = encodeURIComponent(password);
  return url.href;
}

/** Whether the server lets in who comes with this address: whether the role has the password that is in it, and may log in. */
export async function letsIn(url: string): Promise<boolean> {
  const login = postgres(url, { max: 1, onnotice: () => undefined, connection: { application_name: 'hub-login' } });
  try {
    await login`select 1`;
    return true;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (code === '28P01' || code === '28000') return false;
    // PgBouncer has one code for all that it refuses.
    if (code === '08P01' && /authentication failed|no such user/i.test(message)) return false;
    throw error;
  } finally {
    await login.end();
  }
}
