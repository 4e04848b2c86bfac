import { rowsByKey } from '@hub/connections';
import { build, type recordSchema, recordTable, type Scope, statement } from '@hub/database';
import { RuleBroken } from '@hub/errors';
import { today } from '@hub/working-days';
import { and, desc, isNull, sql } from 'drizzle-orm';
import { date, index, integer, jsonb, unique } from 'drizzle-orm/pg-core';
import type { z } from 'zod';
import type { FetchContext } from './mutation.ts';

/** 本地设置: what a committee does otherwise than the defaults, by versions. `name` tells one schema's tables apart. */
export function settingTable(schema: ReturnType<typeof recordSchema>, name: string) {
  return recordTable(
    schema,
    name,
    {
      version: integer('version').notNull(),
      validFrom: date('valid_from', { mode: 'string' }).notNull(),
      /** What differs from the defaults. */
      chosen: jsonb('chosen').$type<Readonly<Record<string, unknown>>>().notNull(),
    },
    (t) => [
      unique(`${name}_owner_version`).on(t.owner, t.version),
      index(`${name}_owner_from`).on(t.owner, t.validFrom),
    ],
  );
}
type SettingTable = ReturnType<typeof settingTable>;

/** Settings as they hold: every one has a value, the committee's own or the default. Version 0 is the defaults alone. */
export type Settings<Values> = Values & { readonly version: number; readonly validFrom: string | null };

const { placeholder } = sql;

/**
 * The settings of one kind: their table, and a zod object in which every one has its default.
 */
export function localSettings<Shape extends z.ZodObject>(table: SettingTable, shape: Shape) {
  type Values = z.output<Shape>;
  const versions = statement(
    build
      .select({ owner: table.owner, version: table.version, validFrom: table.validFrom, chosen: table.chosen })
      .from(table)
      .where(and(sql`${table.owner} = any(${placeholder('keys')}::text[])`, isNull(table.deleted)))
      .orderBy(desc(table.version)),
  );
  const insert = statement(
    build.insert(table).values({
      id: placeholder('id'),
      owner: placeholder('owner'),
      ownerAsFiled: placeholder('owner'),
      visibility: 'PUBLIC',
      version: placeholder('version'),
      validFrom: placeholder('validFrom'),
      chosen: placeholder('chosen'),
    } as never),
  );
  const defaults = shape.parse({}) as Values;
  return {
    defaults,
    /** What holds for a committee on a day: the latest version that was in force. A fetch reads those of one committee once, and of many in one statement. */
    async of(
      context: Pick<FetchContext, 'scope' | 'once'>,
      owner: string,
      on: string = today(),
    ): Promise<Settings<Values>> {
      const known = context.once(versions, () => rowsByKey(context.scope, versions, (row) => row.owner));
      const held = (await known.load(owner)).find(({ validFrom }) => validFrom <= on);
      if (!held) return { ...defaults, version: 0, validFrom: null };
      const { version, validFrom, chosen } = held;
      return { ...(shape.parse(chosen) as Values), version, validFrom };
    },
    /**
     * Adds a version that holds from a day on; what isn't given stays as the latest version has it.
     * @throws RuleBroken INVALID with the path of what its type refuses, or for a day before the latest version's
     */
    async change(
      scope: Scope,
      owner: string,
      validFrom: string,
      given: Readonly<Record<string, unknown>>,
    ): Promise<{ version: number }> {
      const [latest] = await scope.run(versions, { keys: [owner] });
      const wanted = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
      const chosen = { ...latest?.chosen, ...wanted };
      const checked = shape.safeParse(chosen);
      if (!checked.success) {
        const path = (checked.error.issues[0]?.path ?? []).map(String);
        throw new RuleBroken('INVALID', { path, details: { field: path.join('.') } });
      }
      if (latest && validFrom < latest.validFrom)
        throw new RuleBroken('INVALID', { path: ['validFrom'], details: { field: 'validFrom' } });
      const version = (latest?.version ?? 0) + 1;
      await scope.run(insert, { id: crypto.randomUUID(), owner, version, validFrom, chosen });
      return { version };
    },
  };
}
