/** What people do on every server alike: a few operations of each kind, and what they are answered. */
import { randomUUID } from 'node:crypto';
import { registerAgency } from '../hub/agency.ts';
import type { Hub } from '../hub/hub.ts';
import { operation } from '../hub/operations.ts';

const songjiang = '310117';
const shangrao = '361100';

/** Answers by what was asked; two hubs over the same facts give the same. */
export async function answersOf(hub: Hub): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  for (const code of ['330000', '310117', '361100'])
    answers[`three levels of ${code}`] = await hub.do(operation('three-levels'), { code });

  const staff = await hub.staff(shangrao);
  const entry = {
    committee: shangrao,
    title: '市政协常委会会议',
    starts: '2027-04-14T00:00:00+08:00',
    ends: '2027-04-15T00:00:00+08:00',
    idempotencyKey: randomUUID(),
  };
  const add =
    'mutation ($input: AddCalendarEntryInput!) { addCalendarEntry(input: $input) { calendarEntry { title starts ends revision } userErrors { code } } }';
  answers['a mutation'] = await hub.do(add, { input: entry }, staff);
  answers['the same again'] = await hub.do(add, { input: entry }, staff);
  answers['one of somebody who may not'] = (
    await hub.ask(add, { variables: { input: entry }, token: await hub.staff(songjiang) })
  ).text.replaceAll(/"requestId":"[^"]*"/g, '');

  const others = await hub.staff(songjiang);
  const committees = [songjiang, shangrao];
  answers['free and busy'] = await hub.do(
    'query ($committees: [ID!]!) { freeBusy(committees: $committees, from: "2027-04-13T00:00:00+08:00", until: "2027-04-17T00:00:00+08:00") { committee { code } busy { starts ends } } }',
    { committees },
    others,
  );
  answers['common free time'] = await hub.do(
    'query ($committees: [ID!]!) { commonFreeSlots(committees: $committees, from: "2027-04-14", until: "2027-04-16", durationMinutes: 180) { provisional slots { starts ends } } }',
    { committees },
    others,
  );

  for (const text of ['眼科', '帮共体', '商'])
    answers[`search for ${text}`] = await hub.do(
      'query ($text: String!) { consultations(filter: { text: $text }, first: 5) { totalCount nodes { id title } } }',
      { text },
    );

  const agency = await registerAgency(hub, songjiang);
  const agreement = await agency.agree({
    committee: songjiang,
    regions: [songjiang],
    datasets: [
      { dataset: 'cooperations', fields: ['Cooperation.title', 'Cooperation.status', 'Committee.cooperations'] },
    ],
  });
  const shared = '{ committee(code: "310117") { cooperations { totalCount nodes { title status } } } }';
  answers['an agency reads'] = (await agency.ask(shared, { agreement })).data;
  answers['and may not'] = (
    await agency.ask('{ committee(code: "310117") { members { totalCount } } }', { agreement })
  ).errors.map(({ extensions }) => extensions.code);
  answers['which is logged'] = await hub.database.admin`
    select outcome, reason, rows, fields from cooperation.access_entry where agreement = ${agreement} order by number`;
  return answers;
}
