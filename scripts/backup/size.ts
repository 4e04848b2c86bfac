import { stat } from 'node:fs/promises';

/** A file's size, for people. */
export async function sizeOf(file: string): Promise<string> {
  const { size } = await stat(file);
  return size < 1e6 ? `${Math.ceil(size / 1e3)} kB` : `${(size / 1e6).toFixed(1)} MB`;
}
