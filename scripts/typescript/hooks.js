/** How a Node that knows no types reads TypeScript: each file is stripped of them once, and kept like that for all starts that follow. */
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const kept = new URL('../../node_modules/.cache/hub-typescript/', import.meta.url);

export function resolve(specifier, context, next) {
  // Most imports are these, and Node would look for each on the disk several times.
  if (!/^\.\.?\/.*\.ts$/.test(specifier)) return next(specifier, context);
  return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true };
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const text = await readFile(fileURLToPath(url), 'utf8');
  const name = createHash('sha256').update('2\n').update(text).digest('base64url');
  const file = new URL(`${name}.js`, kept);
  const source = await readFile(file, 'utf8').catch(() => strip(url, text, file));
  return { format: 'module', source, shortCircuit: true };
}

async function strip(url, text, file) {
  // In this process: a child of it would get its Ctrl-C, too. Places stay, so traces need no map.
  const { default: typescript } = await import('@swc/wasm-typescript');
  const { code } = typescript.transformSync(text, { mode: 'strip-only', filename: fileURLToPath(url), module: true });
  // Where it can't be kept, it is done again.
  await keep(code, file).catch(() => undefined);
  return code;
}

async function keep(code, file) {
  await mkdir(kept, { recursive: true });
  const unfinished = new URL(`${file.href}.${randomUUID()}`);
  await writeFile(unfinished, code);
  await rename(unfinished, file);
}
