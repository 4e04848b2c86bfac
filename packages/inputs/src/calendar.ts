const dayPattern = /^\d{4}-\d{2}-\d{2}$/;

/** Whether a text is a day of the calendar, `2024-07-31`, from the year 1 on. */
export function isDay(text: string): boolean {
  if (!dayPattern.test(text) || text.startsWith('0000')) return false;
  const day = new Date(`${text}T00:00:00Z`);
  // One that there isn't becomes another by itself, or none.
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** Whether a text is a day, a month `2024-07` or a year `2024`. */
export function isPartialDate(text: string): boolean {
  if (!/^\d{4}(-\d{2}){0,2}$/.test(text)) return false;
  return isDay(`${text}${'-01'.repeat((10 - text.length) / 3)}`);
}

const instantPattern =
  /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

// A day from either end, so that it has a year of four digits in every zone.
const first = Date.parse('0001-01-02T00:00:00Z');
const last = Date.parse('9999-12-30T23:59:59.999Z');

/** Whether a text is an instant with its zone (RFC 3339, where seconds may be left out), on a day of the calendar. */
export function isInstant(text: string): boolean {
  const [, day = ''] = instantPattern.exec(text) ?? [];
  const instant = isDay(day) ? Date.parse(text) : Number.NaN;
  return instant >= first && instant <= last;
}
