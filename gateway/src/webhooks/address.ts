import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All of IPv6 that is routed; what ipaddr.js has no name for outside of it is called unicast too. */
const routed = ipaddr.IPv6.parseCIDR('2000::/3');
/** Documentation (RFC 9637), which ipaddr.js may take for a place. */
const documentation = ipaddr.IPv6.parseCIDR('3fff::/20');

/** Whether an address is one of the internet's: not of a machine, a link, a private net, a carrier, or a tunnel into one of these. */
export function isOutside(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // An IPv4 address that is written as IPv6 is what it is.
  const one = ipaddr.process(address);
  if (one.range() !== 'unicast') return false;
  return one.kind() === 'ipv4' || (one.match(routed) && !one.match(documentation));
}

/** Resolves a name to all of its addresses. */
export type Resolve = (
  name: string,
  options: { readonly all: true; readonly family?: number | 'IPv4' | 'IPv6' | undefined },
  callback: (error: Error | null, addresses: readonly { readonly address: string; readonly family: number }[]) => void,
) => void;

const systemResolve: Resolve = (name, options, callback) =>
  systemLookup(name, { all: true, family: options.family ?? 0 }, callback);

/**
 * A lookup for connections to the outside: it is asked as a connection is made, and what it answers is what is connected
 * to, so that no name can lead elsewhere after it was looked at. A name with any address inside is refused.
 */
export function outsideOnly(resolve: Resolve = systemResolve): LookupFunction {
  return (name, options, callback) =>
    resolve(name, { all: true, family: options.family }, (error, addresses) => {
      const [first] = addresses ?? [];
      if (error || !first || !addresses.every(({ address }) => isOutside(address)))
        callback(error ?? new Error('inside'), '', 0);
      else if (options.all) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
}
