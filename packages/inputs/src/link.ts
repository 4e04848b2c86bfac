/**
 * An address of the web, in the one form that browsers go to. None where it is another thing, has somebody's name or password in
 * it, or would be read in two ways.
 */
export function webAddress(given: string, protocols: readonly string[] = ['https:']): URL | undefined {
  // Browsers leave out what breaks a line, and read a backslash as a slash: whoever reads the link reads another host.
  if (/[\s\\\p{Cc}\p{Default_Ignorable_Code_Point}]/u.test(given)) return undefined;
  const [scheme = ''] = /^[a-z]+:(?=\/\/[^/])/i.exec(given) ?? [];
  const url = protocols.includes(scheme.toLowerCase()) && URL.canParse(given) ? new URL(given) : undefined;
  return url?.username === '' && url.password === '' ? url : undefined;
}
