/** Made-up data of a whole nation: the same on every run, and so many rows that a statement which reads a table whole shows. */
import { enterAllSql, type Schema } from '@hub/database';
import { type Committee, committees } from '@hub/regions';
import postgres from 'postgres';

/** How many records there are. */
export interface Scale {
  readonly members: number;
  readonly consultations: number;
  readonly workstations: number;
  readonly cooperations: number;
  readonly activities: number;
  readonly requests: number;
  readonly programmes: number;
  readonly livelihoodItems: number;
  readonly submissions: number;
  readonly discussionTopics: number;
  readonly problems: number;
}

export const nationalScale: Scale = {
  members: 200_000,
  consultations: 60_000,
  workstations: 30_000,
  cooperations: 3_000,
  activities: 40_000,
  requests: 40_000,
  programmes: 8_000,
  livelihoodItems: 20_000,
  submissions: 40_000,
  discussionTopics: 40_000,
  problems: 20_000,
};

const kinds = Object.keys(nationalScale) as readonly (keyof Scale)[];

/** How much a committee has compared with one of a county. */
const weights: Readonly<Record<Committee['level'], number>> = { NATIONAL: 30, PROVINCE: 8, CITY: 3, COUNTY: 1 };

/** A word that one title in some thousands has, and one that a good part of all titles have. */
export const rareWord = '古籍修复';
export const frequentWord = '乡村振兴';

const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'];
const givenNames = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉梅文建国海燕志红春雪峰宁琳慧'];
const topics = [
  frequentWord,
  frequentWord,
  frequentWord,
  '营商环境',
  '老旧小区改造',
  '学前教育',
  '水环境治理',
  '养老服务',
  '数字经济',
  '文化旅游',
  '垃圾分类',
  '公共交通',
  '基层医疗',
  '职业教育',
  '食品安全',
  '农村公路',
  '城市更新',
  '生态补偿',
  '科技创新',
  '社区治理',
];
const rareTopics = [rareWord, '候鸟迁徙', '盐碱地', '方言保护', '冰雪运动', '航空物流', '蚕桑产业', '水下考古'];
const occupations = ['教师', '医生', '工程师', '律师', '企业负责人', '农艺师', '记者', '研究员', '社区工作者', '演员'];
const sectors = ['教育界', '医药卫生界', '经济界', '农业界', '科技界', '文化艺术界', '社会福利界', '工商联界'];
const consultationKinds = [
  'TOPICAL',
  'TOPICAL',
  'TOPICAL',
  'COUNTERPART',
  'COUNTERPART',
  'SECTOR',
  'PROPOSAL_HANDLING',
  'STATION',
  'STATION',
  'RESEARCH',
  'SUPERVISION',
  'PLENARY',
];
const statuses = ['HELD', 'HELD', 'HELD', 'HELD', 'HELD', 'HELD', 'SCHEDULED', 'PLANNED', 'CANCELLED'];
const workstationKinds = ['STUDIO', 'STUDIO', 'STATION', 'STATION', 'STATION', 'RECEPTION_HALL', 'SECTOR_STUDIO'];

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
/** A number that looks random and is always the same for `of`; each `salt` gives another. */
const chance = (of: string, salt: number) => `(hashint8extended((${of})::bigint, ${salt}) & 2147483647)::int`;
const oneOf = (words: readonly string[], of: string, salt: number) =>
  `(array[${words.map(literal)}])[1 + ${chance(of, salt)} % ${words.length}]`;
const id = (kind: string, of: string) => `md5('${kind}/' || ${of})::uuid`;
const period = (day: string) => `jsonb_build_object('start', ${day}::text)`;
const topic = (of: string, salt: number) =>
  `case when ${chance(of, salt)} % 400 = 0 then ${oneOf(rareTopics, of, salt + 1)} else ${oneOf(topics, of, salt + 2)} end`;
/** Most is published; the rest is for members, for staff, or for those above as well. */
const visibility = (of: string, salt: number) =>
  `(array['MEMBERS', 'INTERNAL', 'UPWARD', 'MEMBERS', 'UPWARD', 'INTERNAL', 'MEMBERS'])[1 + ${chance(of, salt)} % 100]`;
const published = (of: string, salt: number) => `coalesce(${visibility(of, salt)}, 'PUBLIC')`;
const memberVisibility = (member: string) => published(member, 11);
const day = (of: string, salt: number) => `(date '2019-01-01' + ${chance(of, salt)} % 2900)`;

interface Audience {
  readonly owner: string;
  readonly visibility: string;
  readonly parties?: string;
}

/** Rows of a record table out of a FROM clause; each value is an expression over it, and `key` names the record. */
function rows(
  table: string,
  kind: string,
  key: string,
  audience: Audience,
  columns: Readonly<Record<string, string>>,
  from: string,
): string {
  const when = `timestamptz '2024-01-01 08:00+08' + interval '1 second' * (abs(hashtext(${literal(kind)} || (${key}))) % 60000000)`;
  const all: Record<string, string> = {
    id: id(kind, key),
    owner: audience.owner,
    owner_as_filed: audience.owner,
    visibility: audience.visibility,
    parties: audience.parties ?? `'{}'::text[]`,
    source: `'made up'`,
    created: when,
    modified: when,
    ...columns,
  };
  const names = Object.keys(all)
    .map((name) => `"${name}"`)
    .join(', ');
  return `insert into ${table} (${names}) select ${Object.values(all).join(', ')} from ${from}`;
}

const each = (kind: keyof Scale) =>
  `place cross join generate_series(place."${kind}_first", place."${kind}_first" + place."${kind}" - 1) as n`;
const own = (of: string, salt: number): Audience => ({ owner: 'place.code', visibility: published(of, salt) });

function memberRows(): string[] {
  const name = `${oneOf(surnames, 'n', 1)} || ${oneOf(givenNames, 'n', 2)} || case when n % 4 = 0 then '' else ${oneOf(givenNames, 'n', 3)} end`;
  const perPlace = `place, unnest(array[${sectors.map(literal)}]) with ordinality as sector(name, at)`;
  const ofMember = { owner: 'place.code', visibility: memberVisibility('n') };
  /** One in twenty has left. */
  const left = 'n % 20 = 0';
  return [
    rows('members.person', 'person', 'n', ofMember, { name }, each('members')),
    rows(
      'members.organization',
      'sector',
      `place.i || '/' || sector.at`,
      { owner: 'place.code', visibility: `'PUBLIC'` },
      { name: 'sector.name', classification: `'SECTOR'` },
      perPlace,
    ),
    rows(
      'members.member',
      'member',
      'n',
      ofMember,
      {
        person: id('person', 'n'),
        name,
        occupation: oneOf(occupations, 'n', 4),
        tags: `array[${topic('n', 5)}]`,
        serving: `case when ${left} then '{[2017-01-01,2022-01-01)}' else '{[2022-01-01,)}' end::datemultirange`,
      },
      each('members'),
    ),
    rows(
      'members.affiliation',
      'affiliation',
      'n',
      ofMember,
      { member: id('member', 'n'), sector: id('sector', `(place.i || '/' || (1 + n % ${sectors.length}))`) },
      `${each('members')} where n % 5 <> 0`,
    ),
    rows(
      'members.post',
      'post',
      'n',
      ofMember,
      {
        person: id('person', 'n'),
        title: `case when n % 40 = 0 then '副主席' when n % 9 = 0 then '常务委员' else '委员' end`,
        position: '0',
      },
      each('members'),
    ),
    rows(
      'members.duty_report',
      'duty_report',
      'n',
      { owner: 'place.code', visibility: `'MEMBERS'` },
      {
        subjects: `array[${id('member', 'n')}::text]`,
        member: id('member', 'n'),
        year: '2024',
        total: `jsonb_build_object('value', n % 100, 'qualifier', 'EXACT', 'text', (n % 100)::text)`,
      },
      `${each('members')} where n % 10 = 0`,
    ),
    rows(
      'members.term',
      'term',
      'place.i',
      { owner: 'place.code', visibility: `'PUBLIC'` },
      { ordinal: '12', start: `'2022'` },
      'place',
    ),
    rows(
      'members.membership',
      'membership',
      'n',
      ofMember,
      {
        member: id('member', 'n'),
        term: id('term', 'place.i'),
        status: `case when ${left} then 'ENDED' else 'APPROVED' end`,
        valid_from: `'2022-01-01'::date`,
        valid_until: `case when ${left} then '2022-01-01'::date end`,
      },
      each('members'),
    ),
    rows(
      'members.organization_member',
      'organization_member',
      'n',
      ofMember,
      {
        organization: id('sector', `(place.i || '/' || (1 + n % ${sectors.length}))`),
        member: id('member', 'n'),
        role: `'CONVENOR'`,
        valid_from: `'2022-01-01'::date`,
      },
      `${each('members')} where n % 30 = 1`,
    ),
    rows(
      'members.contact_link',
      'contact_link',
      'n',
      ofMember,
      {
        tree: `'CONTACT_GRID'`,
        parent_type: `'ORGANIZATION'`,
        parent: id('sector', `(place.i || '/' || (1 + n % ${sectors.length}))`),
        child_type: `'MEMBER'`,
        child: id('member', 'n'),
      },
      each('members'),
    ),
    rows(
      'members.tag',
      'tag',
      'n',
      ofMember,
      {
        member: id('member', 'n'),
        author: id('member', 'n'),
        text: topic('n', 5),
        position: '1',
        needed: '3',
      },
      `${each('members')} where n % 3 = 0`,
    ),
  ];
}

function consultationRows(): string[] {
  const of = { owner: 'c.owner', visibility: 'c.visibility', parties: 'c.parties' };
  const together = { owner: 'c.owner', visibility: `'JOINT'`, parties: 'array[c.owner, c.with_code]' };
  const reference = { reference_owner: 'c.owner', reference_visibility: memberVisibility('whom') };
  const aMember = (key: string) =>
    `lateral (select c.members_first + ${chance(key, 21)} % c.members as whom) as member where c.members > 0`;
  return [
    // Two in a hundred are held by two committees: neighbours, or from anywhere.
    `create temporary table made as select *,
      case when with_code is not null and visibility_alone = 'PUBLIC' and n % 2 = 0 then 'JOINT' else visibility_alone end as visibility,
      case when with_code is not null and visibility_alone = 'PUBLIC' and n % 2 = 0 then array[owner, with_code] else '{}'::text[] end as parties
    from (select n, place.i as place_at, place.code as owner, place.name, place.members_first, place.members, other.code as with_code,
        ${published('n', 31)} as visibility_alone, ${day('n', 32)} as held
      from ${each('consultations')}
      left join place as other on ${chance('n', 33)} % 50 = 0
        and other.i = (place.i + 1 + case when n % 3 = 0 then ${chance('n', 34)} % 3000 else ${chance('n', 35)} % 12 end) % (select count(*) from place)) as one
    order by ${chance('n', 36)}`,
    'analyze made',
    rows(
      'consultations.consultation',
      'consultation',
      'c.n',
      of,
      {
        title: `c.name || '围绕' || ${topic('c.n', 37)} || '开展协商（' || c.n || '）'`,
        kind: oneOf(consultationKinds, 'c.n', 40),
        status: oneOf(statuses, 'c.n', 41),
        held: period('c.held'),
        held_from: 'c.held',
        held_until: 'c.held',
        place: `c.name || '会议室'`,
        region: 'c.owner',
        topics: `array[${topic('c.n', 37)}]`,
      },
      'made as c',
    ),
    rows(
      'consultations.host',
      'host',
      `c.n || '/' || at`,
      of,
      {
        consultation: id('consultation', 'c.n'),
        committee: `case at when 0 then c.owner else c.with_code end`,
        committee_as_filed: `case at when 0 then c.owner else c.with_code end`,
        role: `case at when 0 then 'LEAD' else 'CO_HOST' end`,
        position: 'at',
      },
      `made as c, generate_series(0, case when c.with_code is null then 0 else 1 end) as at`,
    ),
    rows(
      'consultations.host_platform',
      'host_platform',
      'c.n',
      of,
      {
        reference_owner: 'c.owner',
        reference_visibility: 'c.visibility',
        consultation: id('consultation', 'c.n'),
        host: id('host', `(c.n || '/0')`),
        name: `'协商议事厅'`,
      },
      'made as c where c.n % 4 = 0',
    ),
    rows(
      'consultations.participant',
      'participant',
      `c.n || '/' || at`,
      of,
      {
        ...reference,
        consultation: id('consultation', 'c.n'),
        member: id('member', 'whom'),
        role: `'发言'`,
        position: 'at',
      },
      `made as c, generate_series(0, 2 + c.n::int % 5) as at, ${aMember('c.n * 16 + at')}`,
    ),
    rows(
      'consultations.suggestion',
      'suggestion',
      `c.n || '/' || at`,
      of,
      {
        consultation: id('consultation', 'c.n'),
        text: `'建议完善' || ${topic('c.n * 4 + at', 51)} || '机制，落实第' || c.n || '号意见'`,
        position: 'at',
      },
      `made as c, generate_series(0, c.n::int % 4) as at`,
    ),
    rows(
      'consultations.adoption',
      'adoption',
      `c.n || '/' || at || '/' || side`,
      { ...of, owner: `case side when 0 then c.owner else c.with_code end` },
      {
        suggestion: id('suggestion', `(c.n || '/' || at)`),
        body: `'GOVERNMENT'`,
        body_name: `'有关部门'`,
        status: oneOf(['ADOPTED', 'PARTLY_ADOPTED', 'UNDER_STUDY', 'NOT_ADOPTED'], 'c.n * 8 + at', 52),
        reason: `case when c.n % 3 = 0 then '条件成熟' end`,
        position: 'side',
      },
      `made as c, generate_series(0, c.n::int % 4) as at, generate_series(0, case when c.with_code is null then 0 else 1 end) as side`,
    ),
    rows(
      'consultations.outcome',
      'outcome',
      'c.n',
      of,
      {
        consultation: id('consultation', 'c.n'),
        kind: oneOf(['REPORT', 'POLICY', 'FACILITY', 'PLAN_ENTRY', 'INSTRUCTION'], 'c.n', 53),
        level: oneOf(['PROVINCE', 'CITY', 'COUNTY'], 'c.n', 61),
        side: oneOf(['PARTY_COMMITTEE', 'GOVERNMENT', 'COMMITTEE'], 'c.n', 62),
        on: `jsonb_build_object('start', to_char(c.held, 'YYYY-MM'))`,
        title: `'关于' || ${topic('c.n', 37)} || '的报告'`,
        position: '0',
      },
      'made as c where c.n % 3 = 0',
    ),
    rows(
      'consultations.outcome_suggestion',
      'outcome_suggestion',
      'c.n',
      of,
      { outcome: id('outcome', 'c.n'), suggestion: id('suggestion', `(c.n || '/0')`), position: '0' },
      'made as c where c.n % 3 = 0',
    ),
    rows(
      'consultations.suggestion_author',
      'suggestion_author',
      `c.n || '/' || at`,
      of,
      { ...reference, suggestion: id('suggestion', `(c.n || '/' || at)`), member: id('member', 'whom'), position: '0' },
      `made as c, generate_series(0, c.n::int % 4) as at, ${aMember('c.n * 16 + at')}`,
    ),
    rows(
      'consultations.reading',
      'reading',
      'c.n',
      of,
      {
        consultation: id('consultation', 'c.n'),
        suggestion: id('suggestion', `(c.n || '/0')`),
        text: `'进展'`,
        position: '0',
      },
      'made as c where c.n % 4 = 0',
    ),
    rows(
      'consultations.follow_up',
      'follow_up',
      'c.n',
      of,
      { consultation: id('consultation', 'c.n'), status: `'MINUTES_FILED'`, minutes: `'纪要'` },
      'made as c where c.n % 2 = 0',
    ),
    rows(
      'consultations.part',
      'part',
      'c.n',
      of,
      {
        consultation: id('consultation', 'c.n'),
        title: `'全体'`,
        starts: `c.held + time '09:00'`,
        ends: `c.held + time '11:30'`,
        position: '0',
      },
      'made as c',
    ),
    rows(
      'consultations.calendar_entry',
      'calendar_entry',
      'c.n',
      of,
      {
        status: `'CONFIRMED'`,
        kind: `'CONSULTATION'`,
        title: `c.name || '协商'`,
        starts: `c.held + time '09:00'`,
        ends: `c.held + time '11:30'`,
        blocking: 'c.n % 2 = 0',
        consultation: id('consultation', 'c.n'),
        part: id('part', 'c.n'),
      },
      'made as c',
    ),
    rows(
      'consultations.joint_plan',
      'joint_plan',
      'c.n',
      together,
      {
        status: `'CONFIRMED'`,
        since: 'c.held',
        title: `c.name || '联合协商'`,
        kind: `'TOPICAL'`,
        required: 'array[c.owner, c.with_code]',
        number: '1',
        locked_number: '1',
        starts: `c.held + time '09:00'`,
        ends: `c.held + time '11:30'`,
        consultation: id('consultation', 'c.n'),
      },
      'made as c where c.with_code is not null',
    ),
    rows(
      'consultations.joint_plan_party',
      'joint_plan_party',
      `c.n || '/' || at`,
      { ...together, owner: `case at when 0 then c.owner else c.with_code end` },
      {
        status: `'ACCEPTED'`,
        since: 'c.held',
        joint_plan: id('joint_plan', 'c.n'),
        number: '1',
        locked_number: '1',
      },
      'made as c, generate_series(0, 1) as at where c.with_code is not null',
    ),
    rows(
      'consultations.joint_plan_proposal',
      'joint_plan_proposal',
      'c.n',
      together,
      {
        joint_plan: id('joint_plan', 'c.n'),
        number: '1',
        title: `c.name || '联合协商'`,
        kind: `'TOPICAL'`,
        topics: `'[]'::jsonb`,
        agenda: `'[]'::jsonb`,
        visits: `'[]'::jsonb`,
        quotas: `'[]'::jsonb`,
        online: 'true',
        duration_minutes: '150',
        starts: `array[c.held + time '09:00']::timestamptz[]`,
      },
      'made as c where c.with_code is not null',
    ),
    rows(
      'consultations.consultation_organization',
      'consultation_organization',
      'c.n',
      of,
      {
        reference_owner: 'c.owner',
        reference_visibility: `case when c.n % 2 = 0 then 'PUBLIC' else 'MEMBERS' end`,
        consultation: id('consultation', 'c.n'),
        organization: id('sector', `(c.place_at || '/' || (1 + c.n % ${sectors.length}))`),
      },
      'made as c where c.n % 3 <> 0',
    ),
    rows(
      'consultations.cooperation_link',
      'cooperation_link',
      'c.n',
      of,
      {
        reference_owner: 'c.owner',
        reference_visibility: `'PUBLIC'`,
        consultation: id('consultation', 'c.n'),
        cooperation: id('cooperation', `(select 1 + ${chance('c.n', 54)} % sum(cooperations)::int from place)`),
      },
      'made as c where c.with_code is not null',
    ),
    rows(
      'consultations.plan',
      'plan',
      `place.i || '/' || year`,
      { owner: 'place.code', visibility: `'PUBLIC'` },
      {
        year: 'year',
        title: `place.name || year || '年度协商计划'`,
        status: `case (place.i + year) % 8 when 0 then 'DRAFT' when 1 then 'APPROVED' else 'PUBLISHED' end`,
      },
      'place, generate_series(2023, 2026) as year',
    ),
    rows(
      'consultations.plan_item',
      'plan_item',
      `place.i || '/' || year || '/' || at`,
      { owner: 'place.code', visibility: `'PUBLIC'` },
      {
        plan: id('plan', `(place.i || '/' || year)`),
        kind: oneOf(consultationKinds, 'place.i * 64 + year * 4 + at', 54),
        title: topic('place.i * 64 + year * 4 + at', 55),
        consultation: id(
          'consultation',
          `(place.consultations_first + ${chance('place.i * 64 + year * 4 + at', 58)} % place.consultations)`,
        ),
        position: 'at',
      },
      'place, generate_series(2023, 2026) as year, generate_series(0, 3) as at where place.consultations > 0',
    ),
  ];
}

/** What waits in committees: submissions of the public, and what members discuss. */
function workRows(): string[] {
  return [
    rows(
      'consultations.submission',
      'submission',
      'n',
      { owner: 'place.code', visibility: `'INTERNAL'` },
      {
        kind: oneOf(['WISH', 'LEAD', 'TOPIC'], 'n', 110),
        title: `'反映' || ${topic('n', 111)} || '问题' || n`,
        text: `'说明' || n`,
        filed_by: `'PUBLIC'`,
        status: oneOf(['RECEIVED', 'ACCEPTED', 'ASSIGNED', 'SOLVED', 'SOLVED', 'SOLVED'], 'n', 112),
        received: day('n', 113),
        since: day('n', 113),
      },
      `${each('submissions')} order by ${chance('n', 114)}`,
    ),
    rows(
      'consultations.discussion_topic',
      'topic',
      'n',
      { owner: 'place.code', visibility: `'MEMBERS'` },
      {
        reference_owner: 'place.code',
        reference_visibility: `'MEMBERS'`,
        title: `'关于' || ${topic('n', 115)} || '的话题' || n`,
        text: `'说明' || n`,
        author: id('member', 'whom'),
        status: oneOf(['OPEN', 'OPEN', 'DRAFTING', 'SENT', 'TAKEN', 'CLOSED'], 'n', 116),
        since: day('n', 117),
      },
      `${each('discussionTopics')}, lateral (select place.members_first + ${chance('n', 118)} % place.members as whom) as member where place.members > 0 order by ${chance('n', 119)}`,
    ),
  ];
}

/** Actions that the nation begins each year and that provinces and cities carry on: their letters, what each makes of them, what is found. */
function linkedRows(): string[] {
  const years = 'generate_series(2023, 2026) as year';
  const inYear = (of: string) => `(${of}.i || '/' || year)`;
  const province = `left(place.code, 2) || '0000'`;
  const city = `left(place.code, 4) || '00'`;
  const parties = `(select array_agg(distinct one) from unnest(array['000000', ${province}, ${city}, place.code]) as one)`;
  const letter = (title: string) => ({
    kind: `'SUPERVISION'`,
    title,
    description: `'说明'`,
    answer_by: `make_date(year, 3, 31)`,
    hand_in_by: `make_date(year, 10, 31)`,
  });
  return [
    `create temporary table above as select place.i, place.code, over.i as over from place join place as over on over.code = case
      when place.code = ${province} then '000000'
      when place.code <> ${city} and ${city} in (select code from place) then ${city} else ${province} end
      where place.code <> '000000'`,
    rows(
      'consultations.linked_action',
      'linked_action',
      inYear('place'),
      { owner: 'place.code', visibility: `'JOINT'`, parties },
      {
        ...letter(`place.name || year || '年' || ${topic('place.i * 8 + year', 130)} || '联动监督'`),
        status: `case when year < 2026 then 'CONCLUDED' else 'OPEN' end`,
        since: 'make_date(year, 3, 1)',
        linked_invitation: `case when above.i is not null then ${id('linked_invitation', inYear('place'))} end`,
        part_of: `case when above.i is not null then md5('linked_action/' || above.over || '/' || year)::uuid end`,
      },
      `place left join above on above.i = place.i, ${years} order by ${chance('place.i * 8 + year', 131)}`,
    ),
    rows(
      'consultations.linked_invitation',
      'linked_invitation',
      inYear('place'),
      { owner: 'over.code', visibility: `'JOINT'`, parties },
      {
        ...letter(`over.name || year || '年联动监督'`),
        linked_action: `md5('linked_action/' || above.over || '/' || year)::uuid`,
        committee: 'place.code',
        committee_as_filed: 'place.code',
        sent: 'make_date(year, 3, 1)',
        status: `case when year < 2026 then 'CONCLUDED' else 'OPEN' end`,
      },
      `place join above on above.i = place.i join place as over on over.i = above.over, ${years} order by ${chance('place.i * 8 + year', 132)}`,
    ),
    rows(
      'consultations.linked_part',
      'linked_part',
      inYear('place'),
      { owner: 'place.code', visibility: `'JOINT'`, parties },
      {
        linked_invitation: id('linked_invitation', inYear('place')),
        status: oneOf(['ACCEPTED', 'PLANNED', 'HANDED_IN', 'HANDED_IN', 'DECLINED'], 'place.i * 8 + year', 133),
        since: 'make_date(year, 3, 15)',
        answered: 'make_date(year, 3, 15)',
      },
      `place join above on above.i = place.i, ${years} where (place.i + year) % 5 > 0`,
    ),
    rows(
      'consultations.problem',
      'problem',
      'n',
      { owner: 'place.code', visibility: `'JOINT'`, parties },
      {
        title: `${topic('n', 134)} || '问题' || n`,
        text: `'说明' || n`,
        topic: oneOf(topics, 'n', 135),
        found: 'make_date(year, 5, 1 + (n % 30)::int)',
        since: 'make_date(year, 5, 1 + (n % 30)::int)',
        due: 'make_date(year, 8, 31)',
        linked_action: id('linked_action', inYear('place')),
        status: oneOf(['FOUND', 'HANDED_OVER', 'ANSWERED', 'VERIFIED', 'CLOSED', 'CLOSED', 'REFERRED'], 'n', 136),
        referred: `case when ${chance('n', 136)} % 7 = 6 then make_date(year, 6, 1) end`,
      },
      `${each('problems')}, lateral (select 2023 + ${chance('n', 137)} % 4 as year) as found order by ${chance('n', 138)}`,
    ),
    rows(
      'consultations.referral',
      'referral',
      'n',
      { owner: 'place.code', visibility: `'JOINT'`, parties: 'array[place.code, receiver.code]' },
      {
        committee: 'receiver.code',
        direction: `'SIDEWAYS'`,
        title: `'问题' || n`,
        text: `'说明' || n`,
        sent: `date '2026-06-01'`,
        due: `date '2026-08-31'`,
        hop: '1',
        path: 'array[place.code]',
        problem: id('problem', 'n'),
      },
      `${each('problems')} join place as receiver on receiver.i = (place.i + 7) % (select count(*) from place) where ${chance('n', 136)} % 7 = 6`,
    ),
    rows(
      'consultations.referral_handling',
      'referral_handling',
      'n',
      { owner: 'receiver.code', visibility: `'JOINT'`, parties: 'array[place.code, receiver.code]' },
      {
        referral: id('referral', 'n'),
        status: oneOf(['TAKEN', 'DECLINED', 'ANSWERED'], 'n', 139),
        since: `date '2026-06-05'`,
        due: `date '2026-08-31'`,
      },
      `${each('problems')} join place as receiver on receiver.i = (place.i + 7) % (select count(*) from place) where ${chance('n', 136)} % 7 = 6 and n % 2 = 0`,
    ),
  ];
}

function cooperationRows(): string[] {
  const of = { owner: 'c.owner', visibility: 'c.visibility', parties: 'c.parties' };
  return [
    `create temporary table pair as select *,
      case when n % 10 = 0 then 'JOINT' else ${published('n', 61)} end as visibility,
      case when n % 10 = 0 then array[owner, with_code] else '{}'::text[] end as parties
    from (select n, place.code as owner, place.name, other.code as with_code, other.name as with_name, ${day('n', 62)} as started
      from ${each('cooperations')}
      join place as other on other.i = (place.i + 1 + ${chance('n', 63)} % 3000) % (select count(*) from place)) as one
    order by ${chance('n', 64)}`,
    rows(
      'cooperation.cooperation',
      'cooperation',
      'c.n',
      of,
      {
        title: `c.name || '与' || c.with_name || '共促' || ${topic('c.n', 65)}`,
        kind: oneOf(['PAIRING', 'PAIRING', 'COUNTERPART_AID', 'STUDY_VISIT', 'LINKED_ACTION'], 'c.n', 66),
        field: topic('c.n', 65),
        status: oneOf(['ACTIVE', 'ACTIVE', 'CONTACT', 'CONCLUDED'], 'c.n', 67),
        started: period('c.started'),
        started_from: 'c.started',
        partner_names: 'array[c.name, c.with_name]',
      },
      'pair as c',
    ),
    rows(
      'cooperation.partner',
      'partner',
      `c.n || '/' || at`,
      of,
      {
        cooperation: id('cooperation', 'c.n'),
        committee: 'case at when 0 then c.owner else c.with_code end',
        committee_as_filed: 'case at when 0 then c.owner else c.with_code end',
        role: `case at when 0 then 'INITIATOR' else 'PARTNER' end`,
        status: `case when at = 1 and c.n % 7 = 0 then 'INVITED' else 'ACCEPTED' end`,
        since: 'c.started',
        position: 'at',
      },
      'pair as c, generate_series(0, 1) as at',
    ),
    rows(
      'cooperation.partner_organization',
      'partner_organization',
      `c.n || '/' || at`,
      of,
      {
        reference_owner: 'c.owner',
        reference_visibility: `'PUBLIC'`,
        partner: id('partner', `(c.n || '/' || at)`),
        name: `case at when 0 then c.name else c.with_name end || ${topic('c.n', 69)} || '中心'`,
        position: '0',
      },
      'pair as c, generate_series(0, 1) as at',
    ),
    rows(
      'cooperation.milestone',
      'milestone',
      `c.n || '/' || at`,
      of,
      {
        cooperation: id('cooperation', 'c.n'),
        title: `'第' || at + 1 || '次互访'`,
        stage: oneOf(['CONTACT', 'VISIT', 'SURVEY', 'TALKS', 'SIGNING'], 'c.n * 8 + at', 68),
        date: period('(c.started + at * 90)'),
        date_from: 'c.started + at * 90',
        date_until: 'c.started + at * 90',
        status: `case when at = 1 and c.n % 3 = 0 then 'PLANNED' else 'DONE' end`,
        since: 'c.started + at * 90',
        position: 'at',
      },
      'pair as c, generate_series(0, 1 + c.n::int % 4) as at',
    ),
    rows(
      'cooperation.milestone_event',
      'milestone_event',
      `c.n || '/' || at`,
      of,
      {
        record: id('milestone', `(c.n || '/' || at)`),
        step: `'addMilestone'`,
        to: `'DONE'`,
        role: `'STAFF'`,
        committee: 'c.owner',
        record_revision: '1',
      },
      'pair as c, generate_series(0, 1 + c.n::int % 4) as at',
    ),
    rows(
      'cooperation.visit',
      'visit',
      `c.n || '/' || at`,
      of,
      {
        cooperation: id('cooperation', 'c.n'),
        title: `'第' || at + 1 || '次考察'`,
        held: period('(c.started + at * 90)'),
        held_from: 'c.started + at * 90',
      },
      'pair as c, generate_series(0, c.n::int % 3) as at',
    ),
    rows(
      'cooperation.visit_finding',
      'visit_finding',
      `c.n || '/' || at || '/' || which`,
      of,
      {
        visit: id('visit', `(c.n || '/' || at)`),
        kind: oneOf(['EXPERIENCE', 'PROBLEM', 'SUGGESTION'], 'c.n * 8 + at * 2 + which', 130),
        text: `'所见' || which`,
        status: oneOf(['RECORDED', 'TAKEN_UP', 'CARRIED_OUT', 'SET_ASIDE'], 'c.n * 8 + at * 2 + which', 131),
        since: 'c.started + at * 90',
      },
      'pair as c, generate_series(0, c.n::int % 3) as at, generate_series(0, 1) as which',
    ),
    rows(
      'cooperation.outcome',
      'cooperation_outcome',
      'c.n',
      of,
      { cooperation: id('cooperation', 'c.n'), title: `'联合建议'`, kind: `'SUGGESTIONS'` },
      'pair as c where c.n % 2 = 1',
    ),
    rows(
      'cooperation.adoption',
      'cooperation_adoption',
      'c.n',
      of,
      {
        outcome: id('cooperation_outcome', 'c.n'),
        body: `'GOVERNMENT'`,
        body_name: `c.name || '政府'`,
        status: oneOf(['ADOPTED', 'PLANNED'], 'c.n', 132),
      },
      'pair as c where c.n % 2 = 1',
    ),
    rows(
      'cooperation.agreement',
      'agreement',
      'c.n',
      of,
      {
        cooperation: id('cooperation', 'c.n'),
        title: `'合作协议'`,
        signatories: 'array[c.name, c.with_name]',
        status: `case when c.n % 4 = 0 then 'DRAFT' else 'SIGNED' end`,
        since: 'c.started',
        position: '0',
      },
      'pair as c where c.n % 2 = 0',
    ),
  ];
}

function workstationRows(): string[] {
  const dated = (of: string, salt: number, from: string, until: string) => ({
    [from]: day(of, salt),
    [until]: day(of, salt),
  });
  const at = (salt: number) =>
    `case when place.workstations > 0 then ${id('workstation', `(place.workstations_first + ${chance('n', salt)} % greatest(place.workstations, 1))`)} end`;
  return [
    rows(
      'workstations.workstation',
      'workstation',
      'n',
      own('n', 71),
      {
        name: `place.name || ${oneOf(['委员工作室', '协商议事室', '委员会客厅', '界别工作站'], 'n', 72)} || n`,
        kind: oneOf(workstationKinds, 'n', 73),
        status: `case when n % 12 = 0 then 'DELISTED' else 'LISTED' end`,
        region: 'place.code',
        region_as_filed: 'place.code',
        opened: period(day('n', 74)),
        opened_from: day('n', 74),
        description: `'服务' || ${topic('n', 75)}`,
      },
      each('workstations'),
    ),
    rows(
      'workstations.workstation_staffing',
      'staffing',
      'n',
      own('n', 71),
      {
        reference_owner: 'place.code',
        reference_visibility: memberVisibility('whom'),
        workstation: id('workstation', 'n'),
        member: id('member', 'whom'),
      },
      `${each('workstations')}, lateral (select place.members_first + ${chance('n', 76)} % place.members as whom) as member where place.members > 0`,
    ),
    rows(
      'workstations.livelihood_item',
      'livelihood_item',
      'n',
      // As its workstation's: a part is seen by those who see the whole.
      { owner: 'place.code', visibility: published(`place.workstations_first + n % place.workstations`, 71) },
      {
        workstation: id('workstation', '(place.workstations_first + n % place.workstations)'),
        title: `'办好' || ${topic('n', 81)} || '实事' || n`,
        year: `2019 + ${chance('n', 82)} % 8`,
        status: oneOf(['FINISHED', 'FINISHED', 'IN_PROGRESS', 'CONFIRMED', 'PROPOSED'], 'n', 83),
      },
      `${each('livelihoodItems')} where place.workstations > 0`,
    ),
    rows(
      'workstations.programme',
      'programme',
      'n',
      own('n', 84),
      {
        name: `place.name || ${topic('n', 85)} || '服务项目' || n`,
        started: period(day('n', 86)),
        started_from: day('n', 86),
      },
      each('programmes'),
    ),
    rows(
      'workstations.activity',
      'activity',
      'n',
      own('n', 87),
      {
        title: `place.name || ${topic('n', 88)} || '活动' || n`,
        kind: oneOf(['OPEN_DAY', 'OPEN_DAY', 'VISIT', 'SERVICE', 'LECTURE', 'TALKS', 'SURVEY'], 'n', 89),
        held: period(day('n', 90)),
        ...dated('n', 90, 'held_from', 'held_until'),
        workstation: at(91),
        region: 'place.code',
        region_as_filed: 'place.code',
      },
      `${each('activities')} order by ${chance('n', 92)}`,
    ),
    rows(
      'workstations.participation',
      'participation',
      'n',
      own('n', 87),
      {
        reference_owner: 'place.code',
        reference_visibility: memberVisibility('whom'),
        activity: id('activity', 'n'),
        member: id('member', 'whom'),
      },
      `${each('activities')}, lateral (select place.members_first + ${chance('n', 100)} % place.members as whom) as member where place.members > 0`,
    ),
    rows(
      'workstations.service_request',
      'request',
      'n',
      own('n', 93),
      {
        kind: oneOf(['WISH', 'QUESTION', 'PROBLEM'], 'n', 94),
        title: `'反映' || ${topic('n', 95)} || '问题' || n`,
        status: oneOf(['OPEN', 'CLOSED', 'CLOSED'], 'n', 96),
        requested: period(day('n', 97)),
        ...dated('n', 97, 'requested_from', 'requested_until'),
        workstation: at(98),
        region: 'place.code',
        region_as_filed: 'place.code',
      },
      `${each('requests')} order by ${chance('n', 99)}`,
    ),
  ];
}

const rowsOf: Readonly<Record<string, () => string[]>> = {
  members: memberRows,
  consultations: () => [...consultationRows(), ...workRows(), ...linkedRows()],
  cooperation: cooperationRows,
  workstations: workstationRows,
};

/**
 * Fills a database that is migrated and empty. As its administrator and without the triggers: what they keep is
 * written in bulk afterwards, the same as they would have.
 */
export async function fillNation(adminUrl: string, schemas: readonly Schema[], scale: Scale): Promise<void> {
  const places = placesOf(scale);
  const fill = async (schema: Schema) => {
    const admin = postgres(adminUrl, {
      max: 1,
      onnotice: () => undefined,
      connection: { application_name: 'nation', session_replication_role: 'replica', synchronous_commit: 'off' },
    });
    try {
      await layPlaces(admin, places);
      const withoutIndexes = [
        ...(rowsOf[schema.name]?.() ?? []),
        ...upkeepOf(schema),
        `set maintenance_work_mem = '256MB'`,
      ];
      await aroundIndexes(admin, schema.name, async () => {
        for (const statement of withoutIndexes) await admin.unsafe(statement);
      });
    } finally {
      await admin.end();
    }
  };
  // Two at a time, as there are cores; the largest first.
  const queue = ['consultations', 'members', 'workstations', 'cooperation'].flatMap((name) =>
    schemas.filter((schema) => schema.name === name),
  );
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) await fill(next);
  };
  await Promise.all([work(), work()]);
  const admin = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  await admin.unsafe('vacuum analyze');
  await admin.end();
}

type Place = Readonly<Record<string, string | number>>;

/** Every committee with its share of each kind of record; numbers of records run on from one committee to the next. */
function placesOf(scale: Scale): Place[] {
  const all = committees({});
  const weighed = all.reduce((sum, { level }) => sum + weights[level], 0);
  const before = Object.fromEntries(kinds.map((kind) => [kind, 1]));
  let carried = 0;
  return all.map(({ code, name, level }, i) => {
    carried += weights[level];
    const place: Record<string, string | number> = { i, code, name };
    for (const kind of kinds) {
      const first = before[kind] ?? 1;
      const until = 1 + Math.round((scale[kind] * carried) / weighed);
      place[`${kind}_first`] = first;
      place[kind] = until - first;
      before[kind] = until;
    }
    return place;
  });
}

async function layPlaces(admin: postgres.Sql, places: readonly Place[]): Promise<void> {
  const numbers = kinds.flatMap((kind) => [`"${kind}_first"`, `"${kind}"`]);
  await admin.unsafe(
    `create temporary table place (i integer, code text, name text, ${numbers.map((name) => `${name} integer`)})`,
  );
  await admin.unsafe('insert into place select * from jsonb_populate_recordset(null::place, $1::text::jsonb)', [
    JSON.stringify(places),
  ]);
  await admin.unsafe('analyze place');
}

/** The counters and the search index of a schema, as its triggers would have filled them row by row. */
function upkeepOf({ name: schema, upkeep }: Schema): string[] {
  const counters = Object.entries(upkeep.counted).map(
    ([table, kind]) => `insert into ${schema}.counter (type, owner, visibility, kind, total)
      select '${table}', owner, visibility, coalesce("${kind}"::text, ''), count(*) from ${schema}."${table}"
      where deleted is null and visibility not in ('PRIVATE', 'JOINT') and (visibility = 'PUBLIC' or subjects = '{}')
      group by owner, visibility, "${kind}"`,
  );
  return [...counters, enterAllSql(schema, upkeep.searched)];
}

/** Does work without the indexes that no constraint rests on, and makes them again: an index made whole costs a fraction of one that grows row by row. */
async function aroundIndexes(admin: postgres.Sql, schema: string, work: () => Promise<void>): Promise<void> {
  const indexes = await admin<{ name: string; definition: string }[]>`
    select indexname as name, indexdef as definition from pg_indexes
    where schemaname = ${schema} and not exists (select 1 from pg_constraint where conname = indexname and connamespace = ${schema}::regnamespace)`;
  for (const { name } of indexes) await admin.unsafe(`drop index ${schema}."${name}"`);
  await work();
  for (const { definition } of indexes) await admin.unsafe(definition);
}
