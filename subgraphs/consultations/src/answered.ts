import { RuleBroken } from '@hub/errors';
import { today } from '@hub/working-days';

/** A day that is given, no later than today; today unless given. @throws RuleBroken DATE_FUTURE */
export function dayNow(given: string | null | undefined, field: string): string {
  const now = today();
  if (given != null && given > now) throw new RuleBroken('DATE_FUTURE', { path: [field], details: { field } });
  return given ?? now;
}

/** What is kept of an answer that the department itself gave: its day. */
export const answeredByItself = () => ({ answered: today(), answerEntered: null });

/** The same of one that came on paper: the day that it bears, and the day on which the office entered it. */
export const answeredOnPaper = (on: string | null | undefined) => ({
  answered: dayNow(on, 'answered'),
  answerEntered: today(),
});

/** What a matter is without the department that it was given to by mistake, which reads it no more. */
export const withoutDepartment = (row: {
  readonly department?: string | null | undefined;
  readonly subjects: readonly string[];
}) => ({ department: null, subjects: row.subjects.filter((subject) => subject !== row.department) });
