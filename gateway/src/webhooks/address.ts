import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All of IPv6 that is routed; what ipaddr.js has no name for outside of it is called unicast too. */
const routed = ipaddr.IPv6.parseCIDR('2000::/3');
/**
 * What clouds answer at to their own machines although IANA gives it no special purpose, which is all that ipaddr.js knows:
 * Azure's platform, and the services of IBM Cloud.
 */
const ofClouds = ['168.63.129.16/32', '161.26.0.0/16', '166.8.0.0/14'].map((range) => ipaddr.IPv4.parseCIDR(range));

/** Whether an address is one of the internet's: not of a machine, a link, a private net, a carrier, a cloud, or a tunnel into one of these. */
export function isOutside(address: string): boolean {
  // As a resolver writes it: ipaddr.js reads octal, and short forms, which nobody means. A zone is a link of this machine.
  if (isIP(address) === 0 || address.includes('%')) return false;
  // An IPv4 address that is written as IPv6 is what it is.
  const one = ipaddr.process(address);
  if (one.range() !== 'unicast') return false;
  if (one instanceof ipaddr.IPv4) return !ofClouds.some((range) => one.match(range));
  return one.match(routed) && !isIsatap(one);
}

/** Whether it leads to an IPv4 address by a tunnel within a site (RFC 5214). */
function isIsatap({ parts }: ipaddr.IPv6): boolean {
  return ((parts[4] ?? 0) & ~0x0200) === 0 && parts[5] === 0x5efe;
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
