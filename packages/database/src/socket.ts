/**
 * The hub's own server has a socket among its data. A statement costs half as much over it, to the hub and to the server, as
 * over the loopback; the address of a role then names its folder as libpq's do, `?host=/folder`.
 */
import { accessSync } from 'node:fs';
import path from 'node:path';
import type postgres from 'postgres';

/** By which the hub's own server is known, to people in its processes' names. */
export const CLUSTER_NAME = 'cppcc-hub';

/** What Linux and macOS have in common, less the NUL at the end. */
export const longestSocketFile = 103;

export function socketFile(folder: string, port: number | string): string {
  return path.join(folder, `.s.PGSQL.${port}`);
}

/** The folder of the hub's own server's socket; undefined where the server is another, or isn't reached directly or from here. */
export async function socketFolder(admin: postgres.Sql, adminUrl: string): Promise<string | undefined> {
  const rows = await admin<{ name: string; setting: string }[]>`
    select name, setting from pg_catalog.pg_settings where name in ('cluster_name', 'unix_socket_directories', 'port')`;
  const {
    cluster_name: cluster,
    unix_socket_directories: listed = '',
    port,
  } = Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
  if (cluster !== CLUSTER_NAME || !port || new URL(adminUrl).port !== port) return undefined;
  const folder = listed.replace(/^"(.*)"$/, '$1').replaceAll('""', '"');
  try {
    accessSync(socketFile(folder, port));
    return folder;
  } catch {
    return undefined;
  }
}

/** An address for the driver, which knows no folders in it, and the socket's file where one was named. */
export function driverAddress(address: string): { url: string; path?: string } {
  const url = new URL(address);
  const folder = url.searchParams.get('host');
  if (!folder?.startsWith('/')) return { url: address };
  url.searchParams.delete('host');
  return { url: url.href, path: socketFile(folder, url.port) };
}
