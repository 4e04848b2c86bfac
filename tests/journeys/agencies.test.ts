/** Partner agencies: what they may read under an agreement, who decides it, and what is known of every read. */
import { testRole } from '@hub/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  agencyKeyPair,
  creditCodes,
  nextMonth,
  officers,
  registerAgency,
  step,
  type TestAgency,
  today,
  yesterday,
} from '../hub/agency.ts';
import { type Hub, startHub, transports } from '../hub/hub.ts';

const songjiang = '310117';
const hangzhou = '330100';
const codesOf = ({ errors }: { errors: readonly { extensions: { code: string } }[] }) =>
  errors.map(({ extensions }) => extensions.code);

/** What a university may read of cooperations. */
const cooperations = {
  dataset: 'cooperations',
  fields: [
    'Query.cooperations',
    'Query.cooperation',
    'Committee.cooperations',
    'Cooperation.id',
    'Cooperation.title',
    'Cooperation.started',
    'Cooperation.milestones',
    'Milestone.title',
    // By which committees a list is of, too.
    'Cooperation.partners',
    'CooperationPartner.committee',
  ],
};
const list = '{ committee(code: "310117") { cooperations(orderBy: TITLE_ASC) { totalCount nodes { id title } } } }';

describe.each(transports)('%s', (transport) => {
  let hub: Hub;
  let agency: TestAgency;
  let agreement: string;
  const staff = (committee: string) => officers(hub, committee);

  beforeAll(async () => {
    hub = await startHub(transport);
    agency = await registerAgency(hub, songjiang);
    agreement = await agency.agree({
      committee: songjiang,
      regions: [songjiang],
      datasets: [cooperations],
      requestsPerMinute: 6_000,
    });
  });
  afterAll(() => hub.stop());

  describe('a token', () => {
    const refused = async (token: Promise<string>) => codesOf(await hub.ask(list, { token: await token }));

    test('is signed by the agency with a key that it registered, of either kind', async () => {
      expect((await agency.ask(list, { agreement })).data.committee.cooperations.totalCount).toBe(1);
      const other = await agencyKeyPair('ES256');
      const { addAgencyKey } = await hub.do(
        'mutation ($input: AddAgencyKeyInput!) { addAgencyKey(input: $input) { agencyKey { id kid algorithm } userErrors { code } } }',
        { input: { partnerAgency: agency.id, publicKey: other.publicKey } },
        await agency.token(),
      );
      expect(addAgencyKey.agencyKey).toMatchObject({ kid: other.kid, algorithm: 'ES256' });
      const byOther = await hub.ask(list, { token: await agency.token(agreement, { key: other }) });
      expect(byOther.data.committee.cooperations.totalCount).toBe(1);
      // One key follows another without a gap, and what is retired signs nothing more.
      const { retireAgencyKey } = await hub.do(
        'mutation ($input: RetireAgencyKeyInput!) { retireAgencyKey(input: $input) { agencyKey { status } userErrors { code } } }',
        { input: { agencyKey: addAgencyKey.agencyKey.id } },
        await agency.token(),
      );
      expect(retireAgencyKey.agencyKey.status).toBe('RETIRED');
      await expect.poll(() => refused(agency.token(agreement, { key: other }))).toEqual(['UNAUTHENTICATED']);
      expect((await agency.ask(list, { agreement })).errors).toEqual([]);
    });

    test('is good once', async () => {
      const token = await agency.token(agreement);
      expect((await hub.ask(list, { token })).errors).toEqual([]);
      expect(codesOf(await hub.ask(list, { token }))).toEqual(['TOKEN_REPLAYED']);
      const atOnce = await agency.token(agreement);
      const answers = await Promise.all(Array.from({ length: 8 }, () => hub.ask(list, { token: atOnce })));
      expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
      expect(answers.flatMap(codesOf)).toEqual(Array(7).fill('TOKEN_REPLAYED'));
    });

    test('does something once, also where it is replayed at once', async () => {
      const token = await agency.token();
      const { publicKey } = await agencyKeyPair();
      const add = () =>
        hub.ask(
          'mutation ($input: AddAgencyKeyInput!) { addAgencyKey(input: $input) { agencyKey { id } userErrors { code } } }',
          { variables: { input: { partnerAgency: agency.id, publicKey } }, token },
        );
      const answers = await Promise.all([add(), add(), add()]);
      expect(answers.filter(({ data }) => data?.addAgencyKey.agencyKey)).toHaveLength(1);
      expect(answers.flatMap(codesOf)).toEqual(['TOKEN_REPLAYED', 'TOKEN_REPLAYED']);
    });

    test('that is of another audience, type, issuer or key, too old, too long or without a number of its own is refused', async () => {
      const stranger = await agencyKeyPair();
      const seconds = Math.floor(Date.now() / 1_000);
      for (const token of [
        agency.token(agreement, { audience: 'somebody else' }),
        agency.token(agreement, { type: 'at+jwt' }),
        agency.token(agreement, { type: 'JWT' }),
        agency.token(agreement, { issuer: '00000000-0000-4000-8000-000000000000' }),
        agency.token(agreement, { issuer: 'songjiang' }),
        agency.token(agreement, { key: stranger }),
        agency.token(agreement, { key: { ...stranger, kid: agency.key.kid } }),
        agency.token(agreement, { lifetime: '10m' }),
        agency.token(agreement, { claims: { jti: 'short' } }),
        agency.token(agreement, { claims: { jti: undefined } as never }),
        agency.token('no id'),
      ])
        expect(await refused(token)).toEqual(['UNAUTHENTICATED']);
      expect(await refused(agency.token(agreement, { lifetime: '-10s', claims: { iat: seconds - 400 } }))).toEqual([
        'UNAUTHENTICATED',
      ]);
    });

    test('names one agreement of its own agency', async () => {
      const other = await registerAgency(hub, hangzhou, { name: '某大学', creditCode: creditCodes[1] });
      expect(await refused(other.token(agreement))).toEqual(['AGREEMENT_NOT_IN_FORCE']);
      expect(await refused(agency.token('00000000-0000-4000-8000-000000000000'))).toEqual(['AGREEMENT_NOT_IN_FORCE']);
    });
  });

  describe('what lies outside of the agreement is refused with its name:', () => {
    const outside = async (query: string, variables: Record<string, unknown> = {}) => {
      const reply = await agency.ask(query, { agreement, variables });
      expect(codesOf(reply)).toEqual(['OUTSIDE_AGREEMENT']);
      expect(reply.data).toBeUndefined();
      return reply.errors[0]?.extensions['fields'];
    };
    const inCommittee = (selection: string) => `{ committee(code: "310117") { ${selection} } }`;

    test('fields, under whatever name, in fragments and beneath others', async () => {
      expect(await outside(inCommittee('cooperations(orderBy: TITLE_ASC) { nodes { title: result id } }'))).toEqual([
        'Cooperation.result',
      ]);
      expect(
        await outside(
          `query { committee(code: "310117") { cooperations(orderBy: TITLE_ASC) { edges { node { ...more } } } } } fragment more on Cooperation { id ... on Cooperation { status milestones { id } } }`,
        ),
      ).toEqual(['Cooperation.status', 'Milestone.id']);
      expect(await outside(inCommittee('members { nodes { name } }'))).toContain('Member.name');
    });

    test('filters, from the document and from variables', async () => {
      const by = (filter: string) => inCommittee(`cooperations(filter: ${filter}, orderBy: TITLE_ASC) { totalCount }`);
      expect(await outside(by('{ statuses: [ACTIVE] }'))).toEqual(['Committee.cooperations(filter: statuses)']);
      expect(await outside(by('{ text: "眼科" }'))).toEqual(['Committee.cooperations(filter: text)']);
      const asked =
        'query ($filter: CooperationFilter) { committee(code: "310117") { cooperations(filter: $filter, orderBy: TITLE_ASC) { totalCount } } }';
      expect(await outside(asked, { filter: { statuses: ['ACTIVE'] } })).toEqual([
        'Committee.cooperations(filter: statuses)',
      ]);
      const one =
        'query ($statuses: [CooperationStatus!]) { committee(code: "310117") { cooperations(filter: { statuses: $statuses }, orderBy: TITLE_ASC) { totalCount } } }';
      expect(await outside(one, { statuses: ['ACTIVE'] })).toEqual(['Committee.cooperations(filter: statuses)']);
      expect((await agency.ask(asked, { agreement, variables: { filter: null } })).errors).toEqual([]);
      const preset =
        'query ($statuses: [CooperationStatus!] = [ACTIVE]) { committee(code: "310117") { cooperations(filter: { statuses: $statuses }, orderBy: TITLE_ASC) { totalCount } } }';
      expect(await outside(preset)).toEqual(['Committee.cooperations(filter: statuses)']);
    });

    test('orders, the one that a list has unless said among them', async () => {
      expect(await outside(inCommittee('cooperations(orderBy: MODIFIED_DESC) { nodes { id } }'))).toEqual([
        'Committee.cooperations(orderBy: MODIFIED_DESC)',
      ]);
      const order =
        'query ($order: CooperationOrder!) { committee(code: "310117") { cooperations(orderBy: $order) { nodes { id } } } }';
      expect(await outside(order, { order: 'MODIFIED_DESC' })).toEqual([
        'Committee.cooperations(orderBy: MODIFIED_DESC)',
      ]);
      expect((await agency.ask(order, { agreement, variables: { order: 'STARTED_DESC' } })).errors).toEqual([]);
    });

    test('what the operation that is run says, and not what another of its document does', async () => {
      const two = (other: string) =>
        `query Run($order: CooperationOrder! = MODIFIED_DESC) { committee(code: "310117") { cooperations(orderBy: $order) { nodes { id } } } }
        query Other($order: CooperationOrder! = ${other}) { committee(code: "310117") { cooperations(orderBy: $order) { nodes { id } } } }`;
      const run = async (operationName: string) => {
        const response = await fetch(`${hub.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${await agency.token(agreement)}` },
          body: JSON.stringify({ query: two('TITLE_ASC'), operationName }),
        });
        const { errors = [] } = (await response.json()) as { errors?: { extensions: { code: string } }[] };
        return codesOf({ errors });
      };
      expect(await run('Run')).toEqual(['OUTSIDE_AGREEMENT']);
      expect(await run('Other')).toEqual([]);
    });

    test('filters by what is told masked, which would find out what it is', async () => {
      const linping = '330113';
      const reader = await registerAgency(hub, linping, { creditCode: creditCodes[1] });
      const fields = ['Query.members', 'Committee.members', 'Member.id', 'Member.name', 'Member.sector'];
      const bySector =
        '{ committee(code: "330113") { members(filter: { sector: "00000000-0000-4000-8000-000000000000" }, orderBy: NAME_ASC) { totalCount } } }';
      const ask = async (unmasked: readonly string[]) => {
        const shared = await reader.agree({
          committee: linping,
          regions: [linping],
          datasets: [{ dataset: 'members', fields, unmasked }],
        });
        return (await reader.ask(bySector, { agreement: shared })).errors.map(({ extensions }) => extensions['fields']);
      };
      expect(await ask([])).toEqual([['Committee.members(filter: sector)']]);
      expect(await ask(['Member.sector'])).toEqual([]);
    });

    test('what a mutation answers beyond the agency’s own affairs', async () => {
      const answered = async (selection: string) => {
        const { publicKey } = await agencyKeyPair();
        const { errors } = await agency.ask(
          `mutation ($input: AddAgencyKeyInput!) { addAgencyKey(input: $input) { agencyKey { agency { committee { ${selection} } } } } }`,
          { variables: { input: { partnerAgency: agency.id, publicKey } } },
        );
        return errors.map(({ extensions }) => extensions['fields']);
      };
      expect(await answered('name workstations { nodes { id } }')).toEqual([
        ['Committee.workstations', 'Committee.workstations(orderBy: NAME_ASC)', 'Workstation.id'],
      ]);
      expect(await answered('name')).toEqual([]);
    });

    test('what is shared without condition but isn’t named, since under an agreement more rows are there', async () => {
      expect(await outside('{ workstations { nodes { name } } }')).toContain('Workstation.name');
      expect(await outside(inCommittee('sharingAgreements { nodes { purpose: id agency { name } } }'))).toEqual([
        'Committee.sharingAgreements',
        'PartnerAgency.name',
        'SharingAgreement.agency',
        'SharingAgreement.id',
      ]);
    });

    test('mutations, and everything of who is asking', async () => {
      expect(
        await outside(
          'mutation { addAgencyKey(input: { partnerAgency: "x", publicKey: "y" }) { userErrors { code } } }',
        ),
      ).toEqual(['Mutation.addAgencyKey']);
      expect(await outside('{ me { id } }')).toContain('Query.me');
    });
  });

  test('its cursors say nothing, and lead on', async () => {
    const page =
      'query ($after: String) { committee(code: "310117") { cooperations(orderBy: TITLE_ASC, first: 1, after: $after) { edges { cursor } again: edges { cursor } pageInfo { endCursor } } } }';
    const asked = async (after?: string) => {
      const { data, errors } = await agency.ask(page, {
        agreement,
        ...(after !== undefined && { variables: { after } }),
      });
      return { codes: codesOf({ errors }), list: data?.committee?.cooperations };
    };
    const { list: first } = await asked();
    const cursor = first.edges[0].cursor;
    expect(first).toEqual({ edges: [{ cursor }], again: [{ cursor }], pageInfo: { endCursor: cursor } });
    expect((await asked()).list).toEqual(first);
    const own = await hub.ask(page, { token: await staff(songjiang).first });
    const open = own.data.committee.cooperations.edges[0].cursor;
    expect(Buffer.from(open, 'base64url').toString()).toContain('TITLE_ASC');
    expect(Buffer.from(cursor, 'base64url').toString()).not.toContain('TITLE_ASC');
    expect(await asked(cursor)).toMatchObject({ codes: [], list: { edges: [] } });
    expect((await asked(open)).codes).toEqual(['BAD_USER_INPUT']);
    const literal = (after: string) =>
      `{ committee(code: "310117") { cooperations(orderBy: TITLE_ASC, after: "${after}") { totalCount edges { cursor } } } }`;
    expect((await agency.ask(literal(cursor), { agreement })).data.committee.cooperations.edges).toEqual([]);
    expect(codesOf(await agency.ask(literal(open), { agreement }))).toEqual(['BAD_USER_INPUT']);
    // Nor can the hub be had to open one into something that the agency reads.
    const elsewhere = await agency.ask(
      'mutation ($after: String!) { requestSharing(input: { committee: "310117", purpose: $after, datasets: [], regions: [], legalBasis: "x", validFrom: "2026-01-01", validUntil: "2026-01-02" }) { sharingAgreement { versions { purpose } agency { sharingAgreements(after: $after) { totalCount } } } } }',
      { variables: { after: cursor } },
    );
    expect(codesOf(elsewhere)).toEqual(['BAD_USER_INPUT']);
  });

  test('what the graph is it may ask', async () => {
    const { data, errors } = await agency.ask('{ __type(name: "Cooperation") { fields { name } } }', { agreement });
    expect(errors).toEqual([]);
    expect(data.__type.fields).toContainEqual({ name: 'title' });
  });

  test('rows outside of its regions aren’t there, and of the committee that shares those are that others don’t see', async () => {
    const { first } = staff(songjiang);
    const meetings = await hub.staff(songjiang, ['meetings']);
    const everywhere = '{ cooperations(orderBy: TITLE_ASC, first: 100) { totalCount nodes { id } } }';
    const all = (await hub.ask(everywhere)).data.cooperations.totalCount;
    const { data } = await agency.ask(everywhere, { agreement });
    expect(all).toBeGreaterThan(data.cooperations.totalCount);
    expect(data.cooperations.totalCount).toBe(1);
    // By its id alone it is no more there.
    const [elsewhere] = (await hub.ask('{ cooperations(within: "330000", first: 1) { nodes { id } } }')).data
      .cooperations.nodes;
    const byId = await agency.ask('query ($id: ID!) { cooperation(id: $id) { id title } }', {
      agreement,
      variables: { id: elsewhere.id },
    });
    expect(byId.data).toEqual({ cooperation: null });
    expect(await first).not.toBe(meetings);
  });

  describe('an agreement', () => {
    const draft = (input: Record<string, unknown>, token: Promise<string>) =>
      token.then((known) => step(hub, 'draftSharing', input, known));

    test('is answered within ten working days, drafted by one person and approved by another', async () => {
      const asked = await agency.request({ committee: songjiang, regions: [songjiang], datasets: [cooperations] });
      const { first, second } = staff(songjiang);
      const see = (token: string) =>
        hub.do(
          'query ($id: ID!) { sharingAgreement(id: $id) { status pendingSteps { step due } versions { version status } terms { version } } }',
          { id: asked },
          token,
        );
      const { sharingAgreement } = await see(await first);
      expect(sharingAgreement).toMatchObject({
        status: 'REQUESTED',
        terms: null,
        versions: [{ version: 1, status: 'REQUESTED' }],
      });
      expect(sharingAgreement.pendingSteps.map(({ step }: { step: string }) => step)).toEqual([
        'draftSharing',
        'refuseSharing',
      ]);
      expect(sharingAgreement.pendingSteps[0].due > today).toBe(true);
      expect(codesOf(await agency.ask(list, { agreement: asked }))).toEqual(['AGREEMENT_NOT_IN_FORCE']);
      await draft(
        {
          sharingAgreement: asked,
          datasets: [
            { dataset: 'cooperations', fields: ['Query.cooperations', 'Cooperation.id', 'Cooperation.title'] },
          ],
        },
        first,
      );
      await expect(step(hub, 'approveSharing', { sharingAgreement: asked, version: 2 }, await first)).rejects.toThrow(
        'SECOND_PERSON_NEEDED',
      );
      await expect(step(hub, 'approveSharing', { sharingAgreement: asked, version: 1 }, await second)).rejects.toThrow(
        'CONFLICT',
      );
      expect(await step(hub, 'approveSharing', { sharingAgreement: asked, version: 2 }, await second)).toMatchObject({
        status: 'IN_FORCE',
      });
      await expect
        .poll(async () =>
          codesOf(
            await agency.ask('{ cooperations(orderBy: TITLE_ASC) { nodes { id } } }', {
              agreement: asked,
            }),
          ),
        )
        .toEqual([]);
      // Narrower than was asked for.
      expect(codesOf(await agency.ask(list, { agreement: asked }))).toEqual(['OUTSIDE_AGREEMENT']);
    });

    test('is refused with a reason, or withdrawn by the agency, and nothing is read by it', async () => {
      const { first } = staff(songjiang);
      const refused = await agency.request({ committee: songjiang, regions: [songjiang], datasets: [cooperations] });
      expect(
        await step(hub, 'refuseSharing', { sharingAgreement: refused, reason: '用途不明确' }, await first),
      ).toMatchObject({ status: 'REFUSED' });
      const withdrawn = await agency.request({ committee: songjiang, regions: [songjiang], datasets: [cooperations] });
      expect(
        await step(hub, 'withdrawSharingRequest', { sharingAgreement: withdrawn }, await agency.token()),
      ).toMatchObject({ status: 'WITHDRAWN' });
      for (const one of [refused, withdrawn])
        expect(codesOf(await agency.ask(list, { agreement: one }))).toEqual(['AGREEMENT_NOT_IN_FORCE']);
    });

    test('is amended by a version that somebody else approves; until then the one in force stands', async () => {
      const { first, second } = staff(songjiang);
      const amended = await agency.agree({ committee: songjiang, regions: [songjiang], datasets: [cooperations] });
      const wider = '{ cooperations(within: "310117", orderBy: TITLE_ASC) { nodes { id status } } }';
      const ask = async () => codesOf(await agency.ask(wider, { agreement: amended }));
      expect(await ask()).toEqual(['OUTSIDE_AGREEMENT']);
      await step(
        hub,
        'amendSharing',
        {
          sharingAgreement: amended,
          datasets: [{ ...cooperations, fields: [...cooperations.fields, 'Cooperation.status'] }],
        },
        await first,
      );
      expect(await ask()).toEqual(['OUTSIDE_AGREEMENT']);
      await expect(
        step(hub, 'approveSharingAmendment', { sharingAgreement: amended, version: 3 }, await first),
      ).rejects.toThrow('SECOND_PERSON_NEEDED');
      await step(hub, 'approveSharingAmendment', { sharingAgreement: amended, version: 3 }, await second);
      await expect.poll(ask).toEqual([]);
      const { sharingAgreement } = await hub.do(
        'query ($id: ID!) { sharingAgreement(id: $id) { terms { version } versions { version status } } }',
        { id: amended },
        await first,
      );
      expect(sharingAgreement).toEqual({
        terms: { version: 3 },
        versions: [
          { version: 3, status: 'IN_FORCE' },
          { version: 2, status: 'REPLACED' },
          { version: 1, status: 'REQUESTED' },
        ],
      });
      // One that begins later would leave none until then.
      await step(hub, 'amendSharing', { sharingAgreement: amended, validFrom: nextMonth }, await first);
      await expect(
        step(hub, 'approveSharingAmendment', { sharingAgreement: amended, version: 4 }, await second),
      ).rejects.toThrow('INVALID');
      expect(await ask()).toEqual([]);
    });

    test('holds what the catalogue has, of the committee’s own region, for three years at most', async () => {
      const asked = async (terms: Record<string, unknown>) =>
        agency
          .request({ committee: songjiang, regions: [songjiang], datasets: [cooperations], ...terms } as never)
          .then(
            () => '',
            (error: Error) => /"code":"(\w+)"/.exec(error.message)?.[1],
          );
      expect(await asked({ datasets: [{ dataset: 'cooperations', fields: ['Cooperation.nothing'] }] })).toBe(
        'NOT_SHAREABLE',
      );
      expect(await asked({ datasets: [{ dataset: 'cooperations', fields: ['Cooperation.events'] }] })).toBe(
        'NOT_SHAREABLE',
      );
      expect(await asked({ datasets: [{ dataset: 'members', fields: ['Cooperation.title'] }] })).toBe('NOT_SHAREABLE');
      expect(await asked({ datasets: [{ dataset: 'sharing', fields: ['SharingAgreement.id'] }] })).toBe(
        'NOT_SHAREABLE',
      );
      expect(await asked({ regions: ['310000'] })).toBe('INVALID');
      expect(await asked({ regions: [hangzhou] })).toBe('INVALID');
      expect(await asked({ validUntil: yesterday, validFrom: yesterday })).toBe('INVALID');
      expect(await asked({ validUntil: '2036-01-01' })).toBe('LIMIT_REACHED');
    });

    test('can be looked at as the agency would see it, before it is signed, by its owner alone', async () => {
      const { first } = staff(songjiang);
      const asked = await agency.request({ committee: songjiang, regions: [songjiang], datasets: [cooperations] });
      const preview = async (query: string, token?: string, variables?: string) => {
        const reply = await hub.ask(
          'query ($id: ID!, $query: String!, $variables: String) { seen: previewSharing(sharingAgreement: $id, query: $query, variables: $variables) { answer rows fields } }',
          {
            variables: { id: asked, query, ...(variables !== undefined && { variables }) },
            ...(token !== undefined && { token }),
          },
        );
        const seen = reply.data?.seen ?? null;
        return { seen, codes: codesOf(reply), answer: seen && JSON.parse(seen.answer) };
      };
      const before = (await hub.do('{ committee(code: "310117") { accesses { totalCount } } }', {}, await first))
        .committee.accesses.totalCount;
      const { seen, answer } = await preview(list, await first);
      expect(answer.errors).toBeUndefined();
      expect(answer.data.committee.cooperations.totalCount).toBe(1);
      expect(seen.rows).toBe(1);
      expect(seen.fields).toContain('Cooperation.title');
      const byVariable = await preview(
        'query ($code: ID!) { committee(code: $code) { cooperations { totalCount } } }',
        await first,
        '{"code":"310117"}',
      );
      expect(byVariable.answer.data.committee.cooperations.totalCount).toBe(1);

      // What the agency would be refused, with what it would be told.
      const more = await preview(
        '{ committee(code: "310117") { cooperations(orderBy: TITLE_ASC) { nodes { status } } } }',
        await first,
      );
      expect(more.codes).toEqual([]);
      expect(more.answer.data).toBeUndefined();
      expect(more.answer.errors).toMatchObject([
        { extensions: { code: 'OUTSIDE_AGREEMENT', fields: expect.arrayContaining(['Cooperation.status']) } },
      ]);
      const refused = async (query: string) => codesOf((await preview(query, await first)).answer);
      expect(await refused('{ nonsense')).toEqual(['GRAPHQL_PARSE_FAILED']);
      expect(await refused('{ nonsense }')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
      expect(
        await refused('mutation { closeAgency(input: { partnerAgency: "x", reason: "y" }) { userErrors { code } } }'),
      ).toEqual(['FORBIDDEN']);
      expect(
        await refused(`{ previewSharing(sharingAgreement: "${asked}", query: "{ me { id } }") { answer } }`),
      ).toEqual(['OUTSIDE_AGREEMENT']);

      const codes = async (token?: string) => (await preview(list, token)).codes;
      expect(await codes(await staff(hangzhou).first)).toEqual(['NOT_FOUND']);
      expect(await codes(await hub.staff(songjiang, ['meetings']))).toEqual(['FORBIDDEN']);
      expect(await codes()).toEqual(['FORBIDDEN']);
      expect((await preview(list, await first, '[]')).codes).toEqual(['BAD_USER_INPUT']);
      const mixed = await hub.ask(
        `{ committee(code: "310117") { name } previewSharing(sharingAgreement: "${asked}", query: "{ me { id } }") { answer } }`,
        { token: await first },
      );
      expect(codesOf(mixed)).toEqual(['BAD_REQUEST']);
      const after = (await hub.do('{ committee(code: "310117") { accesses { totalCount } } }', {}, await first))
        .committee.accesses.totalCount;
      expect(after).toBe(before);
    });
  });

  describe('stops at once:', () => {
    const ends = async (end: (id: string) => Promise<unknown>) => {
      const ended = await agency.agree({
        committee: songjiang,
        regions: [songjiang],
        datasets: [cooperations],
        requestsPerMinute: 6_000,
      });
      const ask = async () => codesOf(await agency.ask(list, { agreement: ended }));
      expect(await ask()).toEqual([]);
      await end(ended);
      // Not even within the second: the log looks at the agreement as it is.
      expect(await ask()).toEqual(['AGREEMENT_NOT_IN_FORCE']);
    };

    test('suspended, until it is resumed', () =>
      ends(async (id) => {
        const { first } = staff(songjiang);
        await step(hub, 'suspendSharing', { sharingAgreement: id, reason: '核查用途' }, await first);
        expect(codesOf(await agency.ask(list, { agreement: id }))).toEqual(['AGREEMENT_NOT_IN_FORCE']);
        await step(hub, 'resumeSharing', { sharingAgreement: id }, await first);
        await expect.poll(async () => codesOf(await agency.ask(list, { agreement: id }))).toEqual([]);
        await step(hub, 'suspendSharing', { sharingAgreement: id, reason: '核查用途' }, await first);
      }));
    test('revoked', () =>
      ends(async (id) =>
        step(hub, 'revokeSharing', { sharingAgreement: id, reason: '另作他用' }, await staff(songjiang).first),
      ));
    test('expired', () =>
      ends(
        (id) =>
          hub.database.admin`update cooperation.sharing_agreement set valid_until = current_date - 2 where id = ${id}`,
      ));
    test('with its agency closed', async () => {
      const other = await registerAgency(hub, '310000', { name: '某研究院', creditCode: creditCodes[1] });
      const ask = async () =>
        codesOf(await hub.ask('{ committee(code: "310117") { name } }', { token: await other.token() }));
      expect(await ask()).toEqual([]);
      await hub.do(
        'mutation ($input: CloseAgencyInput!) { closeAgency(input: $input) { userErrors { code } } }',
        { input: { partnerAgency: other.id, reason: '机构撤销' } },
        await staff('310000').first,
      );
      expect(await ask()).toEqual(['UNAUTHENTICATED']);
    });
  });

  describe('the log', () => {
    const entries = async (token: string) =>
      (
        await hub.do(
          '{ committee(code: "310117") { accesses(first: 100) { totalCount nodes { number outcome reason agency { id } agreement { id } version fields filters rows subjects address hash } } } }',
          {},
          token,
        )
      ).committee.accesses;

    test('has every read and every refusal, for staff of the committee that shares', async () => {
      const { first } = staff(songjiang);
      const before = (await entries(await first)).totalCount;
      await agency.ask(list, { agreement });
      await agency.ask(
        '{ cooperations(within: "310117", filter: { statuses: [ACTIVE] }, orderBy: TITLE_ASC) { nodes { id } } }',
        { agreement },
      );
      const { totalCount, nodes } = await entries(await first);
      expect(totalCount).toBe(before + 2);
      expect(nodes.slice(0, 2)).toEqual([
        {
          number: expect.any(Number),
          outcome: 'REFUSED',
          reason: 'OUTSIDE_AGREEMENT',
          agency: { id: agency.id },
          agreement: { id: agreement },
          version: 2,
          fields: ['Query.cooperations(filter: statuses)'],
          filters: JSON.stringify({
            'Query.cooperations(within:)': '310117',
            'Query.cooperations(filter:)': { statuses: ['ACTIVE'] },
            'Query.cooperations(orderBy:)': 'TITLE_ASC',
          }),
          rows: 0,
          subjects: 0,
          address: '127.0.0.1',
          hash: expect.stringMatching(/^[\da-f]{64}$/),
        },
        expect.objectContaining({
          outcome: 'READ',
          reason: null,
          fields: ['Query.committee', 'Committee.cooperations', 'Cooperation.id', 'Cooperation.title'],
          rows: 1,
        }),
      ]);
      for (const other of [await staff(hangzhou).first, await staff('310000').first, undefined])
        expect(
          (await hub.do('{ committee(code: "310117") { accesses { totalCount nodes { number } } } }', {}, other))
            .committee.accesses,
        ).toEqual({ totalCount: 0, nodes: [] });
    });

    test('holds each filter of a list that is asked for twice, and what PostgreSQL can’t keep costs nobody else', async () => {
      const filtered = {
        dataset: 'cooperations',
        fields: [...cooperations.fields, 'Cooperation.status'],
      };
      const shared = await agency.agree({ committee: songjiang, regions: [songjiang], datasets: [filtered] });
      const order = 'query ($order: CooperationOrder!) { cooperations(orderBy: $order) { nodes { id } } }';
      const answers = await Promise.all([
        agency.ask(
          '{ committee(code: "310117") { one: cooperations(filter: { statuses: [ACTIVE] }, orderBy: TITLE_ASC) { totalCount } two: cooperations(filter: { statuses: [CONTACT] }, orderBy: TITLE_ASC) { totalCount } } }',
          { agreement: shared },
        ),
        ...['\0', '\ud83d', { toString: 1 }].map((bad) =>
          agency.ask(order, { agreement: shared, variables: { order: bad } }),
        ),
        ...['\0'.repeat(20), `${'x'.repeat(20)}\ud83d`].map(async (jti) =>
          hub.ask(list, { token: await agency.token(shared, { claims: { jti } }) }),
        ),
      ]);
      expect(answers.map(codesOf)).toEqual([
        [],
        ['BAD_USER_INPUT'],
        ['BAD_USER_INPUT'],
        ['BAD_USER_INPUT'],
        ['UNAUTHENTICATED'],
        ['UNAUTHENTICATED'],
      ]);
      const { committee } = await hub.do(
        '{ committee(code: "310117") { accesses(first: 100) { nodes { agreement { id } filters } } } }',
        {},
        await staff(songjiang).first,
      );
      const logged = committee.accesses.nodes.filter(
        (one: { agreement: { id: string } | null }) => one.agreement?.id === shared,
      );
      expect(logged.map(({ filters }: { filters: string }) => filters).join()).toMatch(/ACTIVE.*CONTACT/);
    });

    test('tells a member who has read about them, and not by what', async () => {
      const linping = '330113';
      const reader = await registerAgency(hub, linping);
      const members = {
        dataset: 'members',
        fields: ['Query.members', 'Committee.members', 'Member.id', 'Member.name', 'Member.person'],
      };
      const shared = await reader.agree({ committee: linping, regions: [linping], datasets: [members] });
      const me = await hub.member('linping/member-jin-danwen', linping);
      const mine = async () =>
        (
          await hub.do(
            '{ me { accesses { totalCount nodes { outcome agency { name } fields subjects filters address agreement { id } } } } }',
            {},
            me,
          )
        ).me.accesses;
      expect((await mine()).totalCount).toBe(0);
      const { data, errors, text } = await reader.ask(
        '{ committee(code: "330113") { members(orderBy: NAME_ASC, first: 100) { nodes { name } } } }',
        { agreement: shared },
      );
      expect(errors).toEqual([]);
      expect(data.committee.members.nodes.length).toBeGreaterThan(0);
      // The ids of those who were told of are asked for by the hub, and stay with it.
      expect(text).not.toMatch(/hubSubjects|[\da-f]{8}-[\da-f]{4}/);
      expect(await mine()).toEqual({
        totalCount: 1,
        nodes: [
          {
            outcome: 'READ',
            agency: { name: '某市卫生健康委员会' },
            fields: ['Query.committee', 'Committee.members', 'Member.name'],
            subjects: data.committee.members.nodes.length,
            filters: null,
            address: null,
            agreement: null,
          },
        ],
      });
      const other = await hub.member('10000000-0000-4000-8000-0000000010a1', linping);
      expect((await hub.do('{ me { accesses { totalCount } } }', {}, other)).me.accesses.totalCount).toBe(0);
    });

    test('is written, or nothing is told', async () => {
      const { admin } = hub.database;
      await admin.unsafe(
        `revoke execute on function cooperation.append_accesses(jsonb) from ${testRole('cooperation')}`,
      );
      try {
        const reply = await agency.ask(list, { agreement });
        expect(reply.status).toBe(503);
        expect(codesOf(reply)).toEqual(['ACCESS_NOT_LOGGED']);
        expect(reply.data).toBeUndefined();
        expect(reply.text).not.toContain('眼科');
        const refusal = await agency.ask('{ cooperations { nodes { status } } }', { agreement });
        expect(codesOf(refusal)).toEqual(['ACCESS_NOT_LOGGED']);
        const key = await agencyKeyPair();
        const mutation = await hub.ask(
          'mutation ($input: AddAgencyKeyInput!) { addAgencyKey(input: $input) { agencyKey { id } } }',
          { variables: { input: { partnerAgency: agency.id, publicKey: key.publicKey } }, token: await agency.token() },
        );
        expect(codesOf(mutation)).toEqual(['ACCESS_NOT_LOGGED']);
        const [kept] = await admin`select count(*)::int as n from cooperation.agency_key where kid = ${key.kid}`;
        expect(kept?.['n']).toBe(0);
      } finally {
        await admin.unsafe(
          `grant execute on function cooperation.append_accesses(jsonb) to ${testRole('cooperation')}`,
        );
      }
      expect((await agency.ask(list, { agreement })).errors).toEqual([]);
    });

    test('is one chain, however many read at once', async () => {
      await Promise.all(Array.from({ length: 40 }, () => agency.ask(list, { agreement })));
      const rows = await hub.database
        .admin`select number::int, previous, hash from cooperation.access_entry order by number`;
      expect(rows.map(({ number }) => number)).toEqual(rows.map((_, at) => at + 1));
      expect(rows.map(({ previous }) => previous)).toEqual(['', ...rows.map(({ hash }) => hash)].slice(0, rows.length));
    });
  });

  test('ceilings are kept, and say when to ask again', async () => {
    const limited = await agency.agree({
      committee: songjiang,
      regions: [songjiang],
      datasets: [cooperations],
      rowsPerDay: 2,
      requestsPerMinute: 6_000,
    });
    const raw = async (id: string) => {
      const response = await fetch(`${hub.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${await agency.token(id)}` },
        body: JSON.stringify({ query: list }),
      });
      return {
        status: response.status,
        retryAfter: Number(response.headers.get('retry-after')),
        code: ((await response.json()) as { errors?: { extensions: { code: string } }[] }).errors?.[0]?.extensions.code,
      };
    };
    expect(await raw(limited)).toMatchObject({ status: 200 });
    expect(await raw(limited)).toMatchObject({ status: 200 });
    const { retryAfter, ...rest } = await raw(limited);
    expect(rest).toEqual({ status: 429, code: 'TOO_MANY_ROWS' });
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(86_400);
    const slow = await agency.agree({
      committee: songjiang,
      regions: [songjiang],
      datasets: [cooperations],
      requestsPerMinute: 1,
    });
    const answers = [];
    // A minute may begin in between, and lets one more in.
    for (let n = 0; n < 3; n += 1) answers.push(await raw(slow));
    expect(answers.at(-1)).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' });
    expect(answers.at(-1)?.retryAfter).toBeLessThanOrEqual(60);
  });

  test('without an agreement an agency reads what is shared without condition, and its own affairs', async () => {
    expect((await agency.ask('{ committee(code: "310117") { name region { name } } }')).errors).toEqual([]);
    expect(codesOf(await agency.ask(list))).toEqual(['OUTSIDE_AGREEMENT']);
    const own = await agency.ask(
      'query ($id: ID!) { partnerAgency(id: $id) { name keys { kid status } sharingAgreements { totalCount } } }',
      { variables: { id: agency.id } },
    );
    expect(own.data.partnerAgency.sharingAgreements.totalCount).toBeGreaterThan(1);
    const stranger = await registerAgency(hub, '110000', { name: '另一机构', creditCode: creditCodes[1] });
    const seen = await stranger.ask(
      'query ($id: ID!) { partnerAgency(id: $id) { sharingAgreements { totalCount } } }',
      { variables: { id: agency.id } },
    );
    expect(seen.data.partnerAgency.sharingAgreements.totalCount).toBe(0);
    expect(nextMonth > today).toBe(true);
  });
});
