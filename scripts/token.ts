/**
 * `pnpm run token --role staff --committee 330100` or `--role member --member 汪爱娟`: prints a token of the development
 * issuer. (Without `run` pnpm takes it for a command of its own.)
 * `--duties`, `--office` are of staff, `--convenes` of a member, `--department` of a department; organizations by id or key.
 * `--subject` tells people of one committee apart: the second who has to approve, for one.
 * A member is named by id, by the key of the facts or by name; one that the facts don't know needs `--committee` too.
 */
import { parseArgs } from 'node:util';
import { openDevelopmentIssuer, type TokenClaims } from '@hub/access';
import { readSettings, SettingsError } from '@hub/config';
import { readFacts, recordId } from '@hub/facts';
import { committee } from '@hub/regions';
import { sentenceOf } from './run.ts';

const roles = ['member', 'staff', 'department', 'liaison', 'operator'] as const;

function claims(options: {
  role?: string | undefined;
  committee?: string | undefined;
  member?: string | undefined;
  duties?: string | undefined;
  office?: string | undefined;
  department?: string | undefined;
  convenes?: string | undefined;
}): TokenClaims {
  const role = roles.find((known) => known === options.role);
  if (!role) throw new SettingsError(`--role is one of ${roles.join(', ')}`);
  if (role === 'member')
    return {
      role,
      membership: [
        {
          ...membership(options.member, options.committee),
          convenes: (options.convenes ?? '').split(',').filter(Boolean).map(organization),
        },
      ],
    };
  if (role === 'operator') return { role };
  if (!options.committee || !committee(options.committee))
    throw new SettingsError('--committee is the code of a committee, such as 330100');
  if (role === 'department' && !options.department)
    throw new SettingsError('--department is the id or key of the department’s organization');
  return {
    role,
    committee: options.committee,
    ...(options.office && { office: organization(options.office) }),
    ...(options.department && { department: organization(options.department) }),
    ...(role === 'staff' && { duties: (options.duties ?? 'proposals,meetings,members,township,sharing').split(',') }),
  };
}

/** The id of an organization, given by id or by the key of the facts. */
function organization(named: string): string {
  return readFacts().organizations.some(({ key }) => key === named) ? recordId(named) : named;
}

function membership(named: string | undefined, at: string | undefined): { id: string; committee: string } {
  if (!named) throw new SettingsError('--member is the id, key or name of a member, such as 汪爱娟');
  const facts = readFacts();
  const names = new Map(facts.people.map(({ key, name }) => [key, name]));
  const known = facts.members.filter(
    ({ key, person, committee: code }) =>
      [key, recordId(key), names.get(person)].includes(named) && (at === undefined || code === at),
  );
  if (known.length > 1)
    throw new SettingsError(
      `${named} is a member of ${known.map(({ committee: code }) => code).join(' and ')}: choose with --committee`,
    );
  const [one] = known;
  if (one) return { id: recordId(one.key), committee: one.committee };
  if (at === undefined) throw new SettingsError(`the facts know no member ${named}: give --committee as well`);
  return { id: named, committee: at };
}

/** Who isn't named is the one of their kind: of a committee, a department, or the member. */
const subjectOf = ({ role, ...of }: Record<string, string | undefined>): string =>
  ['token', role, of['department'] ?? of['member'] ?? of['committee']].filter(Boolean).join('-');

try {
  const { values } = parseArgs({
    options: {
      role: { type: 'string' },
      committee: { type: 'string' },
      member: { type: 'string' },
      duties: { type: 'string' },
      office: { type: 'string' },
      department: { type: 'string' },
      convenes: { type: 'string' },
      subject: { type: 'string' },
      lifetime: { type: 'string' },
    },
  });
  const settings = readSettings(undefined, { facesUsers: false });
  if (settings.HUB_ENV === 'production' || settings.HUB_JWKS_URL)
    throw new SettingsError('The development issuer exists only outside production and without HUB_JWKS_URL.');
  const issuer = await openDevelopmentIssuer(settings.HUB_DATA_DIR, {
    issuer: settings.HUB_ISSUER,
    audience: settings.HUB_AUDIENCE,
  });
  console.log(await issuer.issue(values.subject ?? subjectOf(values), claims(values), values.lifetime));
} catch (error) {
  console.error(sentenceOf(error) ?? (error instanceof Error ? error.message : String(error)));
  process.exit(1);
}
