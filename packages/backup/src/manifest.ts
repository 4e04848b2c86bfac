import { z } from 'zod';

/**
 * What a backup says of itself: the last entry of a zip file whose other entries it lists. A part holds the rows of one
 * table as PostgreSQL's COPY writes them as text, which is the same on every version, or one kept file.
 */
export const formatName = 'cppcc-hub-backup';
export const formatVersion = 1;
export const manifestName = 'manifest.json';

/** Names become parts of other names here, and identifiers only where the catalog has them too. */
const name = z.string().regex(/^[a-z_][a-z0-9_]{0,62}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const whole = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** bigint of PostgreSQL. */
const big = z.string().regex(/^-?\d{1,19}$/);

const part = { bytes: whole, sha256 };
const table = z.strictObject({ name, columns: z.array(name).min(1).max(1_600), rows: whole, ...part });
const sequence = z.strictObject({ name, last: big, called: z.boolean() });
const migration = z.strictObject({ hash: sha256, at: whole });
const schema = z.strictObject({
  name,
  migrations: z.array(migration).min(1).max(10_000),
  tables: z.array(table).max(5_000),
  sequences: z.array(sequence).max(5_000),
});
const kept = z.strictObject({ name: z.string().regex(/^[a-z][a-z0-9-]{0,60}\.[a-z]{1,8}$/), ...part });

export const manifestShape = z.strictObject({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  hub: z.string().max(100),
  at: z.iso.datetime(),
  server: z.string().max(100),
  schemas: z.array(schema).min(1).max(100),
  files: z.array(kept).max(100),
});

export type Manifest = z.output<typeof manifestShape>;
export type ManifestTable = z.output<typeof table>;

/** Of what any version writes: enough to say that it is a newer one's. */
export const anyVersion = z.object({ format: z.literal(formatName), version: z.number() });

export const tablePart = (schemaName: string, tableName: string): string => `tables/${schemaName}.${tableName}.copy`;
export const filePart = (fileName: string): string => `files/${fileName}`;
