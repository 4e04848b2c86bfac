/** Clients that write as fast as they are answered, and repeat what they don't know the outcome of. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readServerStatus } from '@hub/database';
import postgres from 'postgres';

const file = `mutation File($key: String!, $title: String!) {
  fileSubmission(input: { idempotencyKey: $key, committee: "330106", kind: LEAD, title: $title, text: "路灯坏了。" }) { id userErrors { code } }
}`;
const read = '{ committee(code: "330100") { name consultations(first: 1) { totalCount } } }';

/** Where the superuser of a hub's own PostgreSQL logs in. */
export async function superuserUrl(dataDirectory: string): Promise<string> {
  const password = await readFile(join(dataDirectory, 'hub-password'), 'utf8');
  const { port } = (await readServerStatus(dataDirectory)) ?? {};
  return `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
}

export class Writers {
  readonly #url: string;
  readonly #done: string[] = [];
  readonly #running: Promise<void>[] = [];
  #isOver = false;
  /** Codes of all errors that were answered. */
  readonly codes = new Set<string>();

  constructor(url: string) {
    this.#url = url;
  }

  begin(number: number): void {
    for (let at = 0; at < number; at += 1) this.#running.push(this.#write());
    this.#running.push(this.#read());
  }

  /** Waits until so many more were acknowledged. */
  async acknowledged(more: number): Promise<void> {
    const wanted = this.#done.length + more;
    while (this.#done.length < wanted) await delay(20);
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#running);
  }

  /** Titles of what was acknowledged and isn't there exactly once, and of what is there and wasn't. */
  async lostOrDoubled(address: string): Promise<string[]> {
    const admin = postgres(address, { max: 1, onnotice: () => undefined });
    try {
      const rows = await admin<{ title: string; times: number }[]>`
        select title, count(*)::int as times from consultations.submission where title like '路灯 %' group by title`;
      const there = new Map(rows.map(({ title, times }) => [title, times]));
      const wrong = this.#done.filter((title) => there.get(title) !== 1);
      return [...wrong, ...[...there.keys()].filter((title) => !this.#done.includes(title))];
    } finally {
      await admin.end();
    }
  }

  async #write(): Promise<void> {
    while (!this.#isOver) {
      const variables = { key: randomUUID(), title: `路灯 ${randomUUID()}` };
      // Until it is acknowledged: with its key it is done once.
      while (!(await this.#ask(file, variables))) await delay(100);
      this.#done.push(variables.title);
    }
  }

  async #read(): Promise<void> {
    while (!this.#isOver) {
      await this.#ask(read, {});
      await delay(20);
    }
  }

  async #ask(query: string, variables: object): Promise<boolean> {
    try {
      const response = await fetch(`${this.#url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
        // Nothing hangs.
        signal: AbortSignal.timeout(90_000),
      });
      const { data, errors } = (await response.json()) as {
        data?: { fileSubmission?: { id: string | null } | null };
        errors?: { extensions: { code: string } }[];
      };
      for (const { extensions } of errors ?? []) this.codes.add(extensions.code);
      return !errors && Boolean(data?.fileSubmission?.id);
    } catch (error) {
      this.codes.add(error instanceof DOMException ? 'HANGS' : 'CONNECTION');
      return false;
    }
  }
}
