import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { StartError } from '@hub/lifecycle';

const run = promisify(execFile);

/** A literal environment: what the hub itself was given (passwords among it) is no business of the server's. */
export const CHILD_ENVIRONMENT = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const;

/** PostgreSQL refuses to run as root; a process started with this user gives root up before it does anything. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** The user that PostgreSQL runs as when the hub runs as root: `postgres`, made if need be, or else `nobody`. */
export async function databaseUser(): Promise<SystemUser> {
  const present = await lookUp('postgres');
  if (present) return present;
  await run('groupadd', ['--system', 'postgres'], { env: CHILD_ENVIRONMENT }).catch(() => undefined);
  await run('useradd', ['--system', '--gid', 'postgres', '--shell', '/bin/false', 'postgres'], {
    env: CHILD_ENVIRONMENT,
  }).catch(() => undefined);
  // /etc may be read-only in a container; the unprivileged user that every system has will do.
  const user = (await lookUp('postgres')) ?? (await lookUp('nobody'));
  if (user) return user;
  throw new StartError(
    'NO_SYSTEM_USER',
    'PostgreSQL does not run as root and no system user could be made for it: run the hub as an ordinary user, add a user named postgres, or set DATABASE_URL.',
  );
}

async function lookUp(name: string): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, name], { env: CHILD_ENVIRONMENT })).stdout)),
    );
    return uid && gid ? { uid, gid } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a command, run as that user, ends well. Asking the system beats reading modes: it knows ACLs and mounts. */
export function succeedsAs(user: SystemUser, command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { ...user, cwd: '/', env: CHILD_ENVIRONMENT, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

/** Whether that user can enter the folder, through all the folders above it. */
export function canEnter(user: SystemUser, directory: string): Promise<boolean> {
  return succeedsAs(user, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory]);
}
