/**
 * What mutations are tried with: inputs made from their types, with rows of the fixture where an id is asked for. What a
 * name and a type don't say is said here by hand.
 */
import { generateKeyPairSync } from 'node:crypto';
import {
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { places, type Row, type World } from './fixture.ts';

/** Tables of ids whose field doesn't bear the name of one; by `Input.field`, with its subgraph before it where that matters, or by the field alone. */
const records: Readonly<Record<string, string>> = {
  'DutyFactInput.id': 'members.duty_fact',
  'DutyFactInput.record': 'consultations.consultation',
  'DutyFactInput.consultation': 'consultations.consultation',
  'ProjectDutyInput.withdrawn': 'members.duty_fact',
  'ReferableInput.id': 'members.member',
  'ReferableInput.subjects': 'members.member',
  'CooperationAudienceInput.id': 'cooperation.cooperation',
  'CooperationAudienceGivenInput.subjects': 'members.member',
  // Each subgraph that keeps files is asked for its own.
  'consultations.storedFile.id': 'consultations.file',
  'consultations.fileBytes.id': 'consultations.file',
  'cooperation.storedFile.id': 'cooperation.file',
  'cooperation.fileBytes.id': 'cooperation.file',
  sector: 'members.organization',
  'AddOrganizationInput.parent': 'members.organization',
  'LinkContactInput.parent': 'members.organization',
  'LinkContactInput.child': 'members.member',
  department: 'members.organization',
  'WithdrawCoAuthorInvitationInput.member': 'members.member',
  topic: 'consultations.discussion_topic',
  comment: 'consultations.topic_comment',
  follows: 'consultations.consultation',
  'SetOnlineMeetingInput.members': 'members.member',
  workstation: 'workstations.workstation',
  organization: 'members.organization',
  presentingMember: 'members.member',
  'PartInput.id': 'consultations.part',
  'AgendaItemInput.id': 'consultations.agenda_item',
  authors: 'members.member',
  coAuthors: 'members.member',
  'NameSubstituteInput.substitute': 'members.member',
  'RecordSpeechInput.member': 'members.member',
  supersedes: 'consultations.adoption',
  'SetPartVisibilityInput.part': 'consultations.outcome',
  'FollowUpConsultationInput.through': 'consultations.consultation',
  responsible: 'members.organization',
  'OpenPlanInput.departments': 'members.organization',
  'SubmitPlanToChairmenInput.chairmensMeeting': 'consultations.consultation',
  'AmendPlanInput.remove': 'consultations.plan_item',
  'AmendedPlanItemInput.item': 'consultations.plan_item',
  'ChangePlanItemInput.item': 'consultations.plan_item',
  'RemovePlanItemInput.item': 'consultations.plan_item',
  'HoldPlanItemInput.item': 'consultations.plan_item',
  'ReleasePlanItemInput.item': 'consultations.plan_item',
  'TakeTopicIntoPlanInput.item': 'consultations.plan_item',
  'TakeSubmissionIntoPlanInput.item': 'consultations.plan_item',
  'TakeTopicIntoPlanInput.topic': 'consultations.plan_topic',
  'DeclineTopicInput.topic': 'consultations.plan_topic',
  'ReleaseTopicInput.topic': 'consultations.plan_topic',
  'WithdrawConsultationRecordInput.record': 'consultations.outcome',
  'WithdrawCooperationRecordInput.record': 'cooperation.visit',
  'WithdrawTermRecordInput.record': 'members.session',
  'CorrectOutcomeInput.outcome': 'consultations.outcome',
  cooperationPartner: 'cooperation.partner',
  cooperationOutcome: 'cooperation.outcome',
  before: 'cooperation.milestone',
  person: 'members.person',
  agency: 'cooperation.partner_agency',
  'AccessInput.agreement': 'cooperation.sharing_agreement',
  'AccessInput.subjects': 'members.member',
  'AddAgreementInput.supersedes': 'cooperation.agreement',
  'DecideCooperationOutcomeInput.supersedes': 'cooperation.adoption',
};

/** Codes of a committee or region. */
const codes = new Set(['committee', 'committees', 'region', 'within', 'owner', 'parties']);

const dayMs = 86_400_000;
const ahead = (days: number) => new Date(Date.now() + days * dayMs).toISOString();

/** What a field holds that not just any text, day or number will do for; by `Input.field`, or by the field alone. */
const samples: Readonly<Record<string, unknown>> = {
  // A decision was made before it is recorded.
  decided: '2024-08-01',
  'SetScoringRulesInput.validFromYear': 2030,
  'SetScoringRulesInput.rules': JSON.stringify({
    format: 1,
    label: '试用细则',
    items: [{ item: 'meeting', label: '会议', kinds: ['PLENARY'], outcomes: ['PRESENT'], points: 1, unit: '次' }],
  }),
  'RebuildDutyInput.source': 'source 1',
  'RebuildCooperationAudiencesInput.source': 'source 1',
  'CooperationAudienceInput.seq': '1',
  // Made by the gateway before there is an entry.
  'AccessInput.id': '00000000-0000-4000-8000-00000000acce',
  // A gateway is no record: it makes its name as it starts.
  'takeAllowances.gateway': '00000000-0000-4000-8000-00000000c0a4',
  'AllowanceTierInput.windowMs': 60_000,
  // Whoever names a cooperation reads again what they named, and it is looked up under its own audience.
  'OpenCalendarFeedInput.cooperation': null,
  // What the fixture has in the place of an address’s hash.
  'calendarFeedBySecret.hash': '〔consultations.calendar_feed·pu〕secret',
  'fileBytes.from': 0,
  'fileBytes.to': 3,
  // The follower reads from the beginning.
  'dutyFeed.after': '',
  'dutyFeed.first': 10,
  'referableFeed.after': '',
  'referableFeed.first': 10,
  'ReferableInput.days': '{(,)}',
  'changeFeed.after': '',
  'changeFeed.first': 10,
  'recordTypes.ids': ['00000000-0000-4000-8000-00000000c0b0'],
  sectorVisibility: 'INTERNAL',
  'TagMemberInput.tag': '试用标签',
  'JoinOrganizationInput.role': 'DEPUTY',
  // Whoever makes a record visible to fewer than themselves can't: the policies refuse a row that its writer doesn't read.
  visibility: 'INTERNAL',
  liveStream: 'https://live.example.cn/1',
  'SetOnlineMeetingInput.link': 'https://meeting.example.cn/1',
  // The committee's own meetings are its office's to convene.
  'ProposeConsultationInput.kind': 'TOPICAL',
  // By its days, and of nobody who is named: parts have ids of their own.
  'EnterHeldConsultationInput.parts': null,
  'EnterHeldConsultationInput.attended': null,
  'EnterHeldConsultationInput.planItem': null,
  'EnterHeldConsultationInput.number': null,
  'RecordConsultationHeldAfterwardsInput.parts': null,
  'RecordConsultationHeldAfterwardsInput.attended': null,
  'EnterHeldConsultationInput.from': '2024-08-01',
  'EnterHeldConsultationInput.until': '2024-08-02',
  'RecordConsultationHeldAfterwardsInput.from': '2024-08-01',
  'RecordConsultationHeldAfterwardsInput.until': '2024-08-02',
  'EnterAttendanceInput.members': ['00000000-0000-4000-8000-00000000c0a3'],
  'EnterAttendanceInput.part': null,
  phone: '0571-8888 6666',
  'EnterSubmissionInput.way': 'LETTER',
  'EnterSubmissionInput.receivedOn': '2024-08-01',
  // In the name of a sector or group only its convenor does.
  'MakeSuggestionInput.organization': null,
  // An instruction is recorded by a mutation of its own.
  'RecordOutcomeInput.kind': 'POLICY',
  'OpenPlanInput.year': 2030,
  'ScanInput.part': null,
  // Whoever speaks is recorded by the office.
  'SubmitWrittenSpeechInput.kind': 'WRITTEN',
  isbn: '9780306406157',
  // The fixture's comments are answers, which aren't answered.
  'CommentOnTopicInput.answers': null,
  // The members of the fixture's rows were asked already, or are the author.
  'InviteCoAuthorInput.member': '00000000-0000-4000-8000-00000000c0a0',
  'ApprovePlanInput.approvedOn': '2024-01-31',
  'SuggestPlanTopicInput.organization': null,
  // 联合协商
  'JointPlanPartyInput.committee': places.stranger,
  'InvitePartyInput.committee': places.stranger,
  'InvitePartyInput.inPlaceOf': null,
  // Not all of the fixture's variants are cooperations.
  'StartJointPlanInput.cooperation': null,
  durationMinutes: 60,
  workingFrom: '09:00',
  workingUntil: '17:00',
  // Members have a member, and no organization.
  'NominateInput.member': '00000000-0000-4000-8000-00000000c0a1',
  'ReplaceNomineeInput.member': '00000000-0000-4000-8000-00000000c0a2',
  'NominateInput.organization': null,
  'ReplaceNomineeInput.organization': null,
  // Of the actor's own, which may be anybody's here: the fixture's are the owner's.
  'OpenLinkedActionInput.invitation': null,
  'LinkedPlatformInput.workstation': null,
  'LinkedPlatformInput.organization': null,
  'ReportProblemInput.linkedPart': null,
  'ReportProblemInput.linkedAction': null,
  'ReportProblemInput.consultation': null,
  'AcceptLinkedInvitationInput.visibility': 'UPWARD',
  // The fixture's invitations are to their own inviter.
  'InviteCommitteesInput.committees': ['330110'],
  'WithdrawLinkedInvitationsInput.committees': ['330110'],
  found: '2024-08-01',
  putRight: '2024-08-01',
  to: '330114',
  // Who is invited takes part nowhere yet.
  'InvitedPartnerInput.committee': '110105',
  'InviteCooperationPartnerInput.committee': '110105',
  'ProposeCooperationInput.visibility': 'JOINT',
  // As it is: more would take the consent of the partners.
  'UpdateCooperationInput.visibility': null,
  partVisibility: 'INTERNAL',
  jointPartVisibility: 'JOINT',
  // What took place wasn't in the days to come; its place is the end, where the fixture's may be another cooperation's.
  'AddMilestoneInput.date': '2024-08-01',
  'RecordMilestoneDoneInput.date': '2024-08-01',
  'CorrectMilestoneInput.date': '2024-08-01',
  heldFrom: '2024-08-01',
  heldUntil: '2024-08-02',
  'SignAgreementInput.signed': '2024-08-01',
  'RecordAidInput.given': '2024-08-01',
  'CorrectAidInput.given': '2024-08-01',
  'RecordVisitInput.host': null,
  // Files are sent, and never there before.
  'AddAgreementInput.file': null,
  'SignAgreementInput.file': null,
  // The fixture's decision is another body's.
  'DecideCooperationOutcomeInput.supersedes': null,
  // 数据共享
  creditCode: '91350100M000100Y43',
  publicKey: JSON.stringify(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })),
  'SharedDatasetInput.dataset': 'cooperations',
  'SharedDatasetInput.fields': ['Cooperation.title'],
  'SharedDatasetInput.unmasked': [],
  regions: [places.owner],
  'RegisterWebhookInput.url': 'https://agency.example.cn/hub',
  'RegisterWebhookInput.types': null,
  'RegisterWebhookInput.after': 'A'.repeat(80),
  'ReplayWebhookInput.after': 'A'.repeat(80),
  // The fixture has no messages, which are no records.
  'RedeliverWebhookMessagesInput.messages': null,
  'WebhookMessageInput.id': '00000000-0000-4000-8000-00000000c0a3',
  'SettleWebhookMessageInput.message': '00000000-0000-4000-8000-00000000c0a3',
  // The fixture's drafts are second versions.
  'ApproveSharingInput.version': 2,
  'ApproveSharingAmendmentInput.version': 2,
  // Into the item that is there.
  'TakeTopicIntoPlanInput.newItem': null,
  'TakeSubmissionIntoPlanInput.newItem': null,
};

/** With what it has to have, or with all that it can have. */
export type Extent = 'least' | 'most';

export interface Given {
  readonly values: Readonly<Record<string, unknown>>;
  /** The rows that it names, in its order. */
  readonly rows: readonly Row[];
}

interface Field {
  readonly name: string;
  readonly type: GraphQLInputType;
}
/** Said apart: what a client sends so that nothing is done twice, or over somebody else's change. */
const apart = new Set(['idempotencyKey', 'expectedRevision']);

/**
 * Values for the arguments of a root field.
 * @param schema whose tables come first where several have the name of a field
 * @param variant of the rows that it names
 */
export function givenFor(
  world: World,
  schema: string,
  root: { readonly name: string; readonly args: readonly Field[] },
  variant: string,
  extent: Extent,
): Given {
  const rows: Row[] = [];
  // Each day is later than the one before it: what ends stands after what starts.
  let days = 60;

  const rowOf = (field: string, owner: string): string => {
    const table =
      records[`${schema}.${owner}.${field}`] ??
      records[`${owner}.${field}`] ??
      records[field] ??
      tableNamed(world, schema, field);
    const row = world.byTable.get(table ?? '')?.find((one) => one.variant === variant);
    if (!row)
      throw new Error(`tests/access/inputs.ts: say in \`records\` which table ${owner}.${field} names a row of`);
    rows.push(row);
    return row.id;
  };
  const sampleOf = (type: GraphQLInputType, field: string, owner: string): unknown => {
    if (isNonNullType(type)) return sampleOf(type.ofType, field, owner);
    const own = `${owner}.${field}`;
    const known = own in samples ? samples[own] : samples[field];
    if (known !== undefined) return known;
    if (isListType(type)) return [sampleOf(type.ofType, field, owner)];
    if (isEnumType(type)) return type.getValues()[0]?.name;
    if (isInputObjectType(type))
      return Object.fromEntries(
        Object.values(type.getFields())
          .filter((one) => !apart.has(one.name) && (extent === 'most' || isRequiredInputField(one)))
          .map((one) => [one.name, sampleOf(one.type, one.name, type.name)]),
      );
    switch (type.name) {
      case 'ID':
        return codes.has(field) ? places.owner : rowOf(field, owner);
      case 'String':
        return `试用 ${field}`;
      case 'Int':
      case 'Float':
        return 1;
      case 'Boolean':
        return true;
      case 'Date':
      case 'PartialDate':
        days += 1;
        return ahead(days).slice(0, 10);
      case 'DateTime':
        days += 1;
        return ahead(days);
      default:
        throw new Error(`tests/access/inputs.ts: ${owner}.${field} has a type that is new here: ${type.name}`);
    }
  };
  const args = root.args.filter((argument) => extent === 'most' || isRequiredArgument(argument as never));
  return { values: Object.fromEntries(args.map((one) => [one.name, sampleOf(one.type, one.name, root.name)])), rows };
}

/** The table that a field names by its own name, in one or in many. */
function tableNamed(world: World, schema: string, field: string): string | undefined {
  const snake = field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  const names = [snake, snake.replace(/ies$/, 'y'), snake.replace(/s$/, '')];
  const found = names.flatMap((name) => world.tables.filter((table) => table.name.endsWith(`.${name}`)));
  return (found.find((table) => table.schema === schema) ?? (found.length === 1 ? found[0] : undefined))?.name;
}
