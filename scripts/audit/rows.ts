/** What of the log lies in the database, in order and as one moment has it. */
import type postgres from 'postgres';

export interface EntryRow {
  readonly number: string | null;
  readonly hash: string | null;
  /** What the hash is of, and what it was of in earlier versions. */
  readonly hashed: string;
  readonly hashedBefore: string;
  /** Whether it says what earlier versions said nothing of. */
  readonly isPlain: boolean;
}

export interface CheckpointRow {
  readonly number: string | null;
  readonly first: string | null;
  readonly signature: string;
  readonly head: string | null;
}

export interface SubjectRow {
  readonly number: string | null;
  readonly member: string | null;
}

const instantText = (column: string, digits: 'MS' | 'US') =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.${digits}"Z"')`;
const said = `previous, number, id, owner, visibility, parties, subjects, agency, agreement, version, kid, outcome, reason, operation, fields, filters, rows`;

const statements = {
  entries: `select number::text, hash,
      jsonb_build_array(${said}, ${instantText('at', 'US')}, address, milliseconds, times, ${instantText('since', 'US')}, ${instantText('until', 'US')})::text as hashed,
      jsonb_build_array(${said}, ${instantText('at', 'MS')}, address, milliseconds)::text as "hashedBefore",
      (times = 1 and since is null and until is null) is true as "isPlain"
    from cooperation.access_entry as entry order by entry.number`,
  checkpoints:
    'select number::text, first::text, signature, head from cooperation.access_checkpoint as one order by one.number',
  subjects: 'select number::text, member::text from cooperation.access_subject as one order by one.number, one.member',
} as const;

const atOnce = 2_000;

/** Reads a table row by row, with a cursor of the transaction. */
export class Rows<Row extends object> {
  readonly #sql: postgres.TransactionSql;
  readonly #name: keyof typeof statements;
  #page: Row[] = [];
  #at = 0;
  #isDeclared = false;
  #isOver = false;

  constructor(sql: postgres.TransactionSql, name: keyof typeof statements) {
    this.#sql = sql;
    this.#name = name;
  }

  /** The next row, without going on to it. */
  async peek(): Promise<Row | undefined> {
    if (this.#at >= this.#page.length && !this.#isOver) {
      if (!this.#isDeclared)
        await this.#sql.unsafe(`declare ${this.#name} no scroll cursor for ${statements[this.#name]}`);
      this.#isDeclared = true;
      this.#page = await this.#sql.unsafe<Row[]>(`fetch ${atOnce} from ${this.#name}`);
      this.#at = 0;
      this.#isOver = this.#page.length < atOnce;
    }
    return this.#page[this.#at];
  }

  async next(): Promise<Row | undefined> {
    const row = await this.peek();
    this.#at += 1;
    return row;
  }
}
