import { createTestDatabase } from '@hub/testkit';
import { expect, onTestFinished, test } from 'vitest';
import { newFolder, startProcess } from './hub-process.ts';

const secret = 'geheimnis-4711';

test('the log holds no value of a request, no SQL, no host and no stack, whatever goes wrong', async () => {
  const database = await createTestDatabase('facts');
  onTestFinished(() => database.drop());
  const hub = startProcess('start', {
    HUB_DATA_DIR: await newFolder(),
    DATABASE_URL: database.url,
    PORT: '0',
    HUB_LOG_LEVEL: 'debug',
    HUB_SUBGRAPH_TIMEOUT_MS: '700',
  });
  const url = await hub.url();
  const started = hub.screen().length;
  const post = async (body: unknown, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return response.text();
  };
  const answers = [
    await post({
      query: 'query ($text: String) { members(filter: { text: $text }) { totalCount } }',
      variables: { text: secret },
    }),
    await post({
      query: 'query ($first: Int) { members(first: $first) { totalCount } }',
      variables: { first: secret },
    }),
    await post({ query: `{ member(id: "${secret}") { ${secret.replace(/-/g, '_')} } }` }),
    await post({ query: `{ "${secret}"` }),
    await post(`{"query": "${secret}`),
    await post({ query: '{ sources { id } }' }, { authorization: `Bearer ${secret}` }),
    await (await fetch(`${url}/graphql?query=${secret}&variables=${secret}`)).text(),
    await (await fetch(`${url}/${secret}`)).text(),
    await (await fetch(`${url}/calendars/${secret.padEnd(27, 'x')}.ics`)).text(),
  ];
  // A table that nobody may read makes a statement with the value in it end at its deadline.
  await database.admin.begin(async (transaction) => {
    await transaction`lock table members.member in access exclusive mode`;
    answers.push(
      await post({
        query: 'query ($text: String) { members(filter: { text: $text }) { nodes { id } } }',
        variables: { text: secret },
      }),
    );
  });
  expect(answers.at(-1)).toContain('SUBGRAPH_UNAVAILABLE');
  await database.admin.begin(async (transaction) => {
    await transaction`lock table consultations.calendar_feed in access exclusive mode`;
    answers.push(await (await fetch(`${url}/calendars/${secret.padEnd(27, 'x')}.ics`)).text());
  });
  expect(answers.at(-1)).toContain('SUBGRAPH_UNAVAILABLE');
  await hub.shows(/answered in part/);
  hub.signal('SIGTERM');
  expect(await hub.ended, hub.screen()).toBe(0);
  const log = hub.screen().slice(started);
  // Whatever writes a line, it has the same fields, and its level is a word.
  const lines = log.split('\n').filter((line) => line.startsWith('{'));
  for (const line of lines) {
    const { level, time, pid, message } = JSON.parse(line) as Record<string, unknown>;
    expect(level, line).toMatch(/^(debug|info|warn|error)$/);
    expect([typeof time, typeof pid, typeof message], line).toEqual(['number', 'number', 'string']);
  }
  expect(lines.some((line) => line.includes('"sqlState"')) && lines.some((line) => line.includes('"requestId"'))).toBe(
    true,
  );
  expect(log).toContain('"actor":"PUBLIC"');
  expect(log).toMatch(/"path":"\/calendars\/\*","status":503.*"codes":\["SUBGRAPH_UNAVAILABLE"\]/);
  expect(log).not.toContain(secret);
  expect(log).not.toMatch(/select |postgres(ql)?:|hub_\w*members|\n {4}at |node_modules/i);
  // What the client wrote itself may come back to it in a sentence about its document; nothing else may.
  for (const answer of answers)
    expect(answer).not.toMatch(/select |postgres|hub_\w*members|\bat .*\.ts|node_modules|127\.0\.0\.1/i);
});
