import type { Actor } from '@hub/access';
import { staff, type TestSubgraph } from '@hub/testkit';

/** 松江 (a district of Shanghai), 上饶 (a city of Jiangxi), and two that have nothing to do with them. */
export const songjiang = '310117';
export const shangrao = '361100';
export const xuhui = '310104';
export const yangchun = '441781';

const pascal = (name: string) => `${name[0]?.toUpperCase()}${name.slice(1)}`;
const shown: readonly (readonly [RegExp, string])[] = [
  [/Milestone/, 'milestone'],
  [/VisitFinding/, 'visitFinding'],
  [/Visit$/, 'visit'],
  [/Agreement/, 'agreement'],
  [/Outcome/, 'cooperationOutcome'],
  [/Aid$/, 'aidEntry'],
  [/(propose|update|conclude)Cooperation/, 'cooperation'],
  [/./, 'cooperationPartner'],
];
export const fieldOf = (name: string): string => shown.find(([pattern]) => pattern.test(name))?.[1] ?? '';

/** Mutations as they are asked for by staff of committees. */
export function doing(subgraph: () => TestSubgraph) {
  /** What a mutation ended in: its record, and the code of whatever stood in the way. */
  const take = async (name: string, input: object, as: Actor, selection = 'id') => {
    const field = fieldOf(name);
    const { data, errors } = await subgraph().ask(
      `mutation ($input: ${pascal(name)}Input!) { ${name}(input: $input) { ${field} { ${selection} } userErrors { code path } } }`,
      { as, variables: { input } },
    );
    const payload = data?.[name];
    return {
      record: payload?.[field] ?? null,
      code: (errors[0] ?? payload?.userErrors[0]?.code ?? null) as string | null,
      path: payload?.userErrors[0]?.path ?? [],
    };
  };
  /** The record after a mutation that must succeed. */
  const done = async (name: string, input: object, as: Actor, selection = 'id') => {
    const { code, path, record } = await take(name, input, as, selection);
    if (code !== null) throw new Error(`${name} ends in ${code} at ${path}`);
    return record;
  };
  const codeOf = async (name: string, input: object, as: Actor) => (await take(name, input, as)).code;
  const see = async (type: string, id: string, selection: string, as: Actor) => {
    const { data, errors } = await subgraph().ask(`query ($id: ID!) { ${type}(id: $id) { ${selection} } }`, {
      as,
      variables: { id },
    });
    if (errors.length > 0) throw new Error(errors.join());
    return data[type];
  };
  /** A cooperation of 松江 with 上饶, and whomever else it invites; nobody has answered. */
  const proposed = async (rest: object = {}, invited: readonly string[] = [shangrao]): Promise<string> =>
    (
      await done(
        'proposeCooperation',
        {
          title: '眼科医疗合作',
          kind: 'PAIRING',
          field: '眼科医疗',
          partners: invited.map((committee) => ({ committee, role: 'PARTNER' })),
          ...rest,
        },
        staff(songjiang),
      )
    ).id;
  /** The same, which all have accepted. */
  const active = async (rest: object = {}, invited: readonly string[] = [shangrao]): Promise<string> => {
    const cooperation = await proposed(rest, invited);
    for (const committee of invited) await done('acceptCooperation', { cooperation }, staff(committee));
    return cooperation;
  };
  return { take, done, codeOf, see, proposed, active };
}
