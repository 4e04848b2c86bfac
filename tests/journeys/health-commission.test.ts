/** The example program of a partner, from the catalogue to a change that is made meanwhile. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { recordId } from '@hub/facts';
import { learn } from '@hub/health-commission';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoAgency } from '../../scripts/demo-agency.ts';
import { officers, step } from '../hub/agency.ts';
import { type Hub, names, startHub } from '../hub/hub.ts';

const [songjiang, shangrao] = ['310117', '361100'];
const pairing = recordId('songjiang-shangrao/eye-care-pairing');

let hub: Hub;
let folder: string;
let credentials: string;
beforeAll(async () => {
  hub = await startHub('in process');
  folder = await mkdtemp(join(tmpdir(), 'cppcc-hub-example-'));
  credentials = join(folder, 'partner-sandbox.json');
  await demoAgency({ url: hub.url, audience: names.audience, issuer: hub.issuer, file: credentials });
});
afterAll(async () => {
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Line {
  readonly learned: 'dataset' | 'cooperation' | 'record' | 'change';
  readonly committee?: string;
  readonly name?: string;
  readonly dataset?: string;
  readonly type?: string;
  readonly operation?: string;
  readonly record?: { readonly id: string; readonly title: string; readonly milestones?: readonly { title: string }[] };
}
const linesIn = async (name: string): Promise<Line[]> =>
  (await readFile(join(folder, name, 'learned.jsonl'), 'utf8').catch(() => ''))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);

/** A run of the program; one that follows is ended by `enough`. */
const run = (name: string, follow = false) => {
  const enough = new AbortController();
  return {
    over: learn({ credentials, folder: join(folder, name), follow, signal: enough.signal }),
    enough: () => enough.abort(),
  };
};

async function addStep(committee: string, title: string): Promise<string> {
  const { addMilestone } = await hub.do(
    'mutation ($input: AddMilestoneInput!) { addMilestone(input: $input) { milestone { id } userErrors { code } } }',
    { input: { cooperation: pairing, title, stage: 'TRAINING', date: '2026-06' } },
    await hub.staff(committee),
  );
  return addMilestone.milestone.id;
}
const stepsLearned = (lines: readonly Line[]) =>
  lines
    .filter(({ learned, type }) => learned === 'change' && type === 'Milestone')
    .map(({ committee, operation, record }) => [committee, operation, record?.title]);

test('the commission learns of the cooperation, and of what either side adds to it day by day', async () => {
  await run('daily').over;
  const lines = await linesIn('daily');
  expect(lines.filter(({ learned }) => learned === 'dataset').map(({ name }) => name)).toContain('cooperations');
  expect(lines.filter(({ learned }) => learned === 'cooperation')).toEqual([
    expect.objectContaining({
      committee: songjiang,
      record: expect.objectContaining({
        id: pairing,
        title: '松江—上饶眼科医疗合作',
        milestones: expect.arrayContaining([expect.objectContaining({ title: '两院合作座谈' })]),
      }),
    }),
  ]);
  const records = lines.filter(({ learned }) => learned === 'record');
  expect(records.map(({ dataset, record }) => [dataset, record?.title])).toEqual(
    expect.arrayContaining([
      ['cooperations', '松江—上饶眼科医疗合作'],
      ['consultations', '松江、上饶两院合作座谈会'],
    ]),
  );

  await addStep(shangrao, '第二批骨干进修');
  await addStep(songjiang, '专家远程会诊');
  await run('daily').over;
  const more = (await linesIn('daily')).slice(lines.length);
  expect(more.every(({ learned }) => learned === 'change')).toBe(true);
  expect(stepsLearned(more).sort()).toEqual([
    [songjiang, 'INSERT', '专家远程会诊'],
    // It is 上饶's to share, but a step is read with its cooperation, whose record 松江 keeps.
    [shangrao, 'INSERT', undefined],
  ]);
  const all = (await linesIn('daily')).length;
  expect(await run('daily').over).toEqual({ lines: 0 });
  expect(await linesIn('daily')).toHaveLength(all);
});

test('a change that is made while it follows arrives, and what is called off is told as it is', async () => {
  const following = run('live', true);
  await expect.poll(async () => (await linesIn('live')).some(({ learned }) => learned === 'record')).toBe(true);
  const id = await addStep(songjiang, '联合义诊');
  await expect.poll(async () => stepsLearned(await linesIn('live'))).toContainEqual([songjiang, 'INSERT', '联合义诊']);
  await hub.database.admin`update cooperation.milestone set deleted = now() where id = ${id}`;
  await expect.poll(async () => stepsLearned(await linesIn('live'))).toContainEqual([songjiang, 'DELETE', undefined]);
  following.enough();
  await following.over;
});

test('a run that died in the middle of an export is gone on with', async () => {
  const cursors = join(folder, 'daily', 'cursors.json');
  const { agreements } = JSON.parse(await readFile(credentials, 'utf8'));
  const places = JSON.parse(await readFile(cursors, 'utf8'));
  const before = (await linesIn('daily')).length;
  const { consultations: _, ...others } = places[agreements[songjiang]].exports;
  await writeFile(
    cursors,
    JSON.stringify({ ...places, [agreements[songjiang]]: { ...places[agreements[songjiang]], exports: others } }),
  );
  await run('daily').over;
  const again = (await linesIn('daily')).slice(before).filter(({ learned }) => learned === 'record');
  expect(new Set(again.map(({ dataset, committee }) => `${dataset} ${committee}`))).toEqual(
    new Set([`consultations ${songjiang}`]),
  );
});

describe('a place in the changes that the hub knows no more is given up, and everything read again,', () => {
  interface Places {
    [agreement: string]: { changes: string };
  }
  const sources = ['consultations', 'cooperation', 'members', 'workstations'];
  /** As if it had read up to this number of the cooperations' changes. */
  async function standAt(name: string, number: number): Promise<void> {
    const file = join(folder, name, 'cursors.json');
    const places = JSON.parse(await readFile(file, 'utf8')) as Places;
    for (const place of Object.values(places)) {
      const { places: read } = hub.changeCursors.read(place.changes, sources, 'after');
      place.changes = hub.changeCursors.write(read.set('cooperation', number));
    }
    await writeFile(file, JSON.stringify(places));
  }
  const last = async (): Promise<number> =>
    (await hub.database.admin`select max(seq)::float8 as last from cooperation.change`)[0]?.['last'];

  test.each([
    [
      'where it was restored to an earlier moment',
      'restored',
      async () => {
        const lost = (await last()) + 1;
        // What was written after that has its numbers beyond what any hub before it gave out.
        await hub.database.admin`update cooperation.change_era set identity = 'another database'`;
        await addStep(songjiang, '恢复之后的一步');
        return lost;
      },
    ],
    [
      'where what came after it is kept no longer',
      'late',
      async () => {
        const old = await last();
        await addStep(songjiang, '清理之前的一步');
        await hub.database.admin`update cooperation.change_sweep set dropped = ${await last()}`;
        // A gateway that still has them in memory would tell them.
        await hub.restart();
        const given = JSON.parse(await readFile(credentials, 'utf8'));
        await writeFile(credentials, JSON.stringify({ ...given, url: hub.url }));
        return old;
      },
    ],
  ])('%s', async (_, name, happens) => {
    await run(name).over;
    const first = await linesIn(name);
    await standAt(name, await happens());
    await run(name).over;
    const again = (await linesIn(name)).slice(first.length);
    const learned = (lines: readonly Line[]) => new Set(lines.map((line) => `${line.learned} ${line.committee}`));
    // The catalogue is read once, by the very first run.
    expect(learned(again)).toEqual(learned(first.filter((line) => line.learned !== 'dataset')));
    const title = name === 'restored' ? '恢复之后的一步' : '清理之前的一步';
    const steps = again.flatMap(({ record }) => record?.milestones ?? []).map((step) => step.title);
    expect(steps).toContain(title);
    // And from there on it goes on by changes.
    await addStep(songjiang, `${title}又一步`);
    await run(name).over;
    expect(stepsLearned((await linesIn(name)).slice(first.length + again.length))).toEqual([
      [songjiang, 'INSERT', `${title}又一步`],
    ]);
  });
});

test('one agreement that is revoked ends it, and is told', async () => {
  const { agreements } = JSON.parse(await readFile(credentials, 'utf8'));
  const following = run('live', true);
  const ended = expect(following.over).rejects.toMatchObject({ code: 'AGREEMENT_NOT_IN_FORCE' });
  const [first] = [await officers(hub, shangrao).first];
  await step(hub, 'revokeSharing', { sharingAgreement: agreements[shangrao], reason: '另作他用' }, first);
  await ended;
});
