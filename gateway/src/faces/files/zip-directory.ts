const entrySignature = 0x02014b50;
const endSignature = Buffer.from('PK\x05\x06', 'latin1');

/** Names of a zip archive's entries, read from its last bytes; none where these don't hold its whole directory. */
export function entryNames(tail: Buffer): readonly string[] {
  const end = tail.lastIndexOf(endSignature);
  if (end < 0 || end + 22 > tail.length) return [];
  const count = tail.readUInt16LE(end + 10);
  const names: string[] = [];
  let at = end - tail.readUInt32LE(end + 12);
  while (names.length < count) {
    if (at < 0 || at + 46 > end || tail.readUInt32LE(at) !== entrySignature) return [];
    const nameEnd = at + 46 + tail.readUInt16LE(at + 28);
    names.push(tail.toString('utf8', at + 46, nameEnd));
    at = nameEnd + tail.readUInt16LE(at + 30) + tail.readUInt16LE(at + 32);
  }
  return names;
}
