import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isAlive } from '@hub/lifecycle';

/** What PostgreSQL's own file says of the server on a data directory. */
export interface ServerStatus {
  readonly pid: number;
  readonly port: number;
  /** As PostgreSQL has it: `starting`, `ready`, `stopping`; empty where it doesn't say yet. */
  readonly state: string;
}

/** The file that a server holds its data directory by. */
export const statusFile = (dataDirectory: string): string => path.join(dataDirectory, 'postmaster.pid');

/** What it says, where there is one: that of a server which crashed stays. */
export async function readServerStatus(dataDirectory: string): Promise<ServerStatus | undefined> {
  const text = await readFile(statusFile(dataDirectory), 'utf8').catch(() => undefined);
  const [pid, , , port, , , , state = ''] = text?.split('\n') ?? [];
  if (!Number.isInteger(Number(pid)) || Number(pid) <= 0) return undefined;
  return { pid: Number(pid), port: Number(port), state: state.trim() };
}

/** Whether a process runs and is PostgreSQL's: in a container numbers repeat soon. */
export async function isPostgres(pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => undefined);
  // Without /proc (macOS) PostgreSQL's own judgement has to do.
  return name === undefined ? process.platform !== 'linux' : name.trim() === 'postgres';
}
