import ipaddr from 'ipaddr.js';

/** Where a request comes from, at three widths: the text of a prefix each. */
export interface Place {
  /** An IPv4 address, or the /64 of an IPv6 one, of which anybody has as many as they like. */
  readonly address: string;
  /** The /48 of an IPv6 address, which one subscriber may have. */
  readonly network: string | undefined;
  /** /16 or /32. */
  readonly range: string;
}

/** RFC 6052: an IPv4 client behind a translator. */
const translated = ipaddr.IPv6.parseCIDR('64:ff9b::/96');

/** The place of an address; undefined where it is none. A port behind it, as some proxies write, is left out. */
export function placeOf(given: string): Place | undefined {
  const text = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(given)?.[1] ?? /^\[([^\]]+)\](?::\d+)?$/.exec(given)?.[1] ?? given;
  const [bare = ''] = text.split('%');
  if (!ipaddr.isValid(bare) || (ipaddr.IPv4.isValid(bare) && !ipaddr.IPv4.isValidFourPartDecimal(bare)))
    return undefined;
  const one = ipaddr.process(bare);
  if (one instanceof ipaddr.IPv4) return ofIpv4(one.toByteArray());
  if (one.match(translated)) return ofIpv4(one.toByteArray().slice(12));
  const hex = one.parts.map((part) => part.toString(16));
  const prefix = (parts: number) => `${hex.slice(0, parts).join(':')}/${parts * 16}`;
  return { address: prefix(4), network: prefix(3), range: prefix(2) };
}

function ofIpv4(bytes: readonly number[]): Place {
  return { address: bytes.join('.'), network: undefined, range: `${bytes.slice(0, 2).join('.')}/16` };
}
