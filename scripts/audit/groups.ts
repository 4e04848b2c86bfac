/** The groups in which entries were written, each signed by its gateway before it was and its end afterwards. */
import {
  type ChainKey,
  type ChainKeys,
  digestOfAccess,
  type Head,
  type KeptHead,
  type SignedGroup,
} from '@hub/gateway';
import type { CheckpointRow, Rows } from './rows.ts';

/** How long a key that was succeeded goes on being used, by gateways that weren't started anew yet. */
const overlapMs = 24 * 3_600_000;

interface Group {
  readonly number: number;
  readonly signed: SignedGroup;
  readonly key: ChainKey;
  readonly head: string | null;
  /** Digests of the entries that may come. */
  rest: string[];
}

interface Writer {
  readonly sequence: number;
  readonly end: Head;
  /** Ends of its groups that weren't kept signed, as far as it hasn't said that they were. */
  readonly unsigned: ReadonlySet<number>;
}

/** Goes through groups beside the entries, in their order. */
export class Groups {
  readonly faults: string[] = [];
  readonly notices: string[] = [];
  count = 0;
  /** Ends that earlier versions signed. */
  plainCheckpoints = 0;
  readonly #keys: ChainKeys;
  readonly #rows: Rows<CheckpointRow>;
  readonly #plainUntil: number;
  readonly #kept: ReadonlySet<number>;
  readonly #writers = new Map<string, Writer>();
  #group: Group | undefined;
  #first = 1;

  constructor(keys: ChainKeys, rows: Rows<CheckpointRow>, plainUntil: number, heads: readonly KeptHead[]) {
    this.#keys = keys;
    this.#rows = rows;
    this.#plainUntil = plainUntil;
    this.#kept = new Set(heads.flatMap(({ kept }) => kept ?? []));
  }

  /** @param first the oldest entry that there is: of a writer before it nothing is known but what its next group says */
  begin(first: number): void {
    this.#first = first;
  }

  /** An entry of an earlier version. */
  async plain(number: number, hash: string): Promise<void> {
    for (let row = await this.#rows.peek(); row && Number(row.number) <= number; row = await this.#rows.peek()) {
      await this.#rows.next();
      this.count += 1;
      this.plainCheckpoints += 1;
      const head = await this.#keys.verify<Head>(row.signature, 'access-head+jws');
      const isOfEarlier = row.first === null && row.head === null;
      if (!head || !isOfEarlier) this.faults.push(`checkpoint ${row.number}: its signature isn’t of a key of the hub`);
      else if (head.payload.number !== Number(row.number))
        this.faults.push(`checkpoint ${row.number}: it was signed for another entry`);
      else if (Number(row.number) === number && head.payload.hash !== hash)
        this.faults.push(`entry ${number} isn’t the one that was signed (checkpoint ${number})`);
    }
  }

  /** @param content what is hashed of it */
  async entry(entry: Head, content: readonly unknown[]): Promise<void> {
    this.#group ??= await this.#next(entry.number);
    const group = this.#group;
    if (!group) {
      this.faults.push(`entry ${entry.number} isn’t signed by any gateway: the hub didn’t write it`);
      return;
    }
    const at = group.rest.indexOf(digestOf(content) ?? '');
    if (at < 0) this.faults.push(`entry ${entry.number} isn’t what its gateway signed`);
    else group.rest = group.rest.slice(at + 1);
    this.#compareKey(group, entry.number, String(content[17]));
    if (group.number === entry.number) await this.#close(group, entry);
  }

  /** There are no more entries. */
  async end(): Promise<void> {
    if (this.#group) this.faults.push(`entries up to ${this.#group.number} were cut off: their group was signed`);
    for (let row = await this.#rows.next(); row; row = await this.#rows.next()) {
      this.count += 1;
      this.faults.push(`checkpoint ${row.number}: its entries are missing`);
    }
    for (const { end, unsigned } of this.#writers.values())
      if (unsigned.has(end.number)) {
        if (this.#kept.has(end.number)) this.faults.push(`checkpoint ${end.number}: its signed end was removed`);
        else
          this.notices.push(
            `Entry ${end.number} is the last of a gateway that hasn’t signed its end: it runs and will, or was ended in the middle.`,
          );
      }
  }

  /** The group that an entry is the first of. */
  async #next(number: number): Promise<Group | undefined> {
    for (
      let row = await this.#rows.peek();
      row && Number(row.number) <= this.#plainUntil;
      row = await this.#rows.peek()
    )
      await this.plain(this.#plainUntil, '');
    for (let row = await this.#rows.peek(); row; row = await this.#rows.peek()) {
      // That of a later entry, so this one has none.
      if (row.first !== null && row.number !== null && Number(row.first) > number) return undefined;
      await this.#rows.next();
      this.count += 1;
      const where = `checkpoint ${row.number}`;
      const verified = await this.#keys.verify<SignedGroup>(row.signature, 'access-group+jws');
      if (!verified?.key) this.faults.push(`${where}: its signature isn’t of a key of the hub`);
      else if (row.number === null || Number(row.first) !== number || Number(row.number) < number)
        this.faults.push(`${where}: its entries are missing`);
      else if (verified.payload.chain !== verified.key.chain) this.faults.push(`${where}: it is of another chain`);
      else {
        const { payload: signed, key } = verified;
        if (Number(row.number) - number + 1 > signed.entries.length)
          this.faults.push(`${where}: it has more entries than were signed`);
        return { number: Number(row.number), signed, key, head: row.head, rest: [...signed.entries] };
      }
    }
    return undefined;
  }

  #compareKey({ key }: Group, number: number, at: string): void {
    const next = this.#keys.keys[key.ordinal];
    if (number <= key.number) this.faults.push(`entry ${number} is signed with a key that came later`);
    else if (next && Date.parse(at) > Date.parse(next.at) + overlapMs)
      this.faults.push(`entry ${number} is signed with a key that was succeeded more than a day before`);
  }

  /** The group before, where it went with the oldest entries. */
  #removed({ sequence, after }: SignedGroup): Writer | undefined {
    if (!after || after.number >= this.#first) return undefined;
    return { sequence: sequence - 1, end: after, unsigned: new Set() };
  }

  async #close(group: Group, end: Head): Promise<void> {
    this.#group = undefined;
    const { signed, head } = group;
    const where = `checkpoint ${end.number}`;
    const before = this.#writers.get(signed.writer) ?? this.#removed(signed);
    if (signed.sequence !== (before?.sequence ?? 0) + 1)
      this.faults.push(
        `entries are missing before ${end.number}: its gateway wrote others after ${before?.end.number ?? 'none'}`,
      );
    else if ((signed.after?.number ?? 0) !== (before?.end.number ?? 0) || signed.after?.hash !== before?.end.hash)
      this.faults.push(`entry ${before?.end.number} isn’t the one that its gateway wrote (${where})`);
    const unsigned = new Set(before?.unsigned);
    for (const number of unsigned)
      if (signed.kept !== null && number <= signed.kept) {
        unsigned.delete(number);
        if (number === signed.kept) this.faults.push(`checkpoint ${number}: its signed end was removed`);
      }
    if (head === null) unsigned.add(end.number);
    else {
      const verified = await this.#keys.verify<Head & { chain: string }>(head, 'access-head+jws');
      if (!verified?.key) this.faults.push(`${where}: the signature of its end isn’t of a key of the hub`);
      else if (verified.payload.number !== end.number || verified.payload.chain !== signed.chain)
        this.faults.push(`${where}: its end was signed for another entry`);
      else if (verified.payload.hash !== end.hash)
        this.faults.push(`entry ${end.number} isn’t the one that was signed (${where})`);
    }
    this.#writers.set(signed.writer, { sequence: signed.sequence, end, unsigned });
  }
}

/** What a gateway signed of an entry, made again of what is hashed of it; nothing where no gateway writes such a one. */
function digestOf(content: readonly unknown[]): string | undefined {
  const [, , id, committee, visibility, parties, subjects, agency, agreement, version, kid, outcome, reason] = content;
  const [operation, fields, filters, rows, , address, milliseconds, times, since, until] = content.slice(13);
  if (visibility !== 'INTERNAL' || JSON.stringify(parties) !== '[]') return undefined;
  const isOwn = reason === 'SWEPT' || reason === 'RESTORED';
  if (outcome !== (reason === null ? 'READ' : isOwn ? reason : 'REFUSED')) return undefined;
  // Instants are kept to the millisecond.
  const instant = (text: unknown) => (text === null ? null : String(text).replace(/000Z$/, 'Z'));
  const said = { id, committee, agency, agreement, version, kid, reason, operation, fields, filters, rows, subjects };
  const told = { address, milliseconds, times, since: instant(since), until: instant(until) };
  return digestOfAccess({ ...said, ...told } as Parameters<typeof digestOfAccess>[0]);
}
