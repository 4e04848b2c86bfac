import { peopleInEnglish } from './people.ts';
import { type ErrorDetails, filled, type Language } from './sentence.ts';

/** What a broken business rule is called, and its sentence in both languages; `{name}` is filled from its details. */
interface UserErrorKind {
  readonly zh: string;
  readonly en: string;
  /** Constraints of the database that say the same, for whoever comes second. */
  readonly constraints?: readonly string[];
  /** Sentences that say more, by the `reason` of the details. */
  readonly reasons?: Readonly<Record<string, Readonly<Record<Language, string>>>>;
}

/** The one table of codes in `userErrors`. The graph's enum UserErrorCode is made of it. */
export const userErrorKinds = {
  AGENCY_CLOSED: {
    zh: '该数据使用方已注销，请核对。',
    en: 'This agency was closed: look at it again.',
  },
  AGENCY_REGISTERED: {
    zh: '贵会已登记过该统一社会信用代码的数据使用方。',
    en: 'Your committee has registered an agency with this credit code already.',
    constraints: ['partner_agency_credit_code'],
  },
  AID_CORRECTED: {
    zh: '该帮扶记录已被更正，请在最新一条上更正。',
    en: 'This entry was corrected already: correct the one that took its place.',
    constraints: ['aid_entry_corrected_once'],
  },
  ALREADY_ANSWERED: {
    zh: '您已答复过是否联名，不能更改。',
    en: 'You have already said whether you join as an author; that is not changed.',
    constraints: ['co_authorship_once', 'co_author_answer_once'],
  },
  ALREADY_EVALUATED: {
    zh: '该单位已作过评价，不能重复评价。',
    en: 'This body has evaluated it already.',
    constraints: ['follow_up_evaluation_once'],
  },
  ALREADY_FOLLOWED_UP: {
    zh: '该协商活动已形成纪要或已登记此次跟踪，请核对。',
    en: 'The minutes are filed already, or this visit is recorded already: look at the follow-up.',
    constraints: ['follow_up_once', 'follow_up_visit_once'],
  },
  ALREADY_MEMBER: {
    zh: '该人员在本届已有提名或委员资格，请核对其委员资格记录。',
    en: 'This person is nominated or a member in this term already: look at their memberships.',
    constraints: ['membership_member_term'],
  },
  ALREADY_SIGNED_IN: {
    zh: '已签到，无需重复签到。',
    en: 'This sign-in is recorded already; it counts once.',
    constraints: ['sign_in_once'],
  },
  ALREADY_SIGNED_UP: {
    zh: '已报名或已在参会名单中，无需重复报名。',
    en: 'The member is signed up or on the list already.',
    constraints: ['attendance_consultation_member'],
  },
  ALREADY_THERE: {
    zh: '相同的记录已经存在，无需重复办理。',
    en: 'The same is recorded already: there is nothing left to do.',
    constraints: [
      'book_isbn',
      'book_reading_once',
      'co_author_invitation_once',
      'affiliation_current',
      'nominee_reference_member',
      'endorsement_tag_author',
      'organization_member_current',
      'organization_name_term',
      'partner_committee_once',
      'tag_member_text',
    ],
  },
  AUDIENCE_TOO_WIDE: {
    zh: '可见范围不得宽于其所属的协商活动、意见建议或跟踪落实：请选较小的范围，或先放宽其所属记录。',
    en: 'This would be seen by more than what it belongs to (its consultation, suggestion or follow-up): choose fewer, or widen that first.',
    constraints: [
      'adoption_within_suggestion',
      'dispatch_within_follow_up',
      'follow_up_evaluation_within_follow_up',
      'follow_up_within_consultation',
      'handling_report_within_follow_up',
      'outcome_within_consultation',
      'reading_within_consultation',
      'suggestion_within_consultation',
    ],
  },
  CODE_EXPIRED: {
    zh: '二维码在扫码时已过期，请刷新后重新扫码。',
    en: 'The code had expired when it was scanned: show a fresh one and scan it again.',
  },
  CODE_INVALID: {
    zh: '二维码无法识别或不适用于此处，请核对后重新扫码。',
    en: 'This code can’t be accepted here: check which one it is and scan it again.',
  },
  CONFLICT: {
    zh: '他人先行办理：记录现为第 {revision} 版。请核对最新内容后再提交。',
    en: 'Somebody else was first: the record is at revision {revision} now. Read it again and send your change anew.',
    reasons: {
      AT_ONCE: {
        zh: '他人同时办理了此事，您的内容未保存。请核对最新内容后再提交。',
        en: 'Somebody else did this at the same time, and yours wasn’t kept. Read it again and send your change anew.',
      },
      PROPOSAL: {
        zh: '已有新的方案：现为第 {number} 号方案。请核对后再答复。',
        en: 'There is another proposal by now: it is number {number}. Read it and answer anew.',
      },
      TIME: {
        zh: '各方都同意的时间已被另一联合协商占用，未锁定。请另行提出时间。',
        en: 'The time on which all agree was taken by another joint plan, so nothing is locked: propose other times.',
      },
      VERSION: {
        zh: '他人先行修改：现为第 {number} 稿。请核对后再提交。',
        en: 'Somebody else was first: it is at version {number} now. Read it again and send yours anew.',
      },
    },
    constraints: [
      'referral_handling_receiver',
      'topic_draft_version',
      'partner_answer_asked',
      'partner_cooperation_position',
    ],
  },
  CONSULTATION_IN_PLAN: {
    zh: '该活动已列在本计划中，不能重复计入。',
    en: 'The consultation is in this plan already; it counts once.',
    constraints: ['plan_item_held_once'],
  },
  CONTACT_CIRCLE: {
    zh: '该上级已在下级的联系范围之内，不能首尾相接。请另选上级。',
    en: 'That parent stands below this child already, so the chain would close: choose another parent.',
    constraints: ['contact_link_no_circle'],
  },
  CONTACT_TAKEN: {
    zh: '该下级在此网络中已有上级联系人，请先解除原有联系。',
    en: 'This child has a parent in this tree already: end that link first.',
    constraints: ['contact_link_one_parent'],
  },
  CO_AUTHOR_UNANSWERED: {
    zh: '还有被邀请联名的委员未答复：请等待答复，或先撤回邀请。',
    en: 'Somebody who was asked to write along hasn’t answered: wait for it, or withdraw the invitation first.',
  },
  DATE_FUTURE: {
    zh: '日期不能晚于今天。',
    en: 'The day may not lie after today.',
  },
  DATE_PAST: {
    zh: '{field} 已过：请填写今后的时间。',
    en: '{field} has passed: give a time to come.',
  },
  DECISION_EXISTS: {
    zh: '该单位对此已有决定。如有新的决定，请在 supersedes 中填写被取代的决定。',
    en: 'This body has a decision on it already. To replace it, give that one as supersedes.',
    constraints: ['adoption_current'],
  },
  DECISION_SUPERSEDED: {
    zh: '要取代的决定不存在、不属于该单位，或已被取代。请核对最新决定。',
    en: 'The decision to be replaced is none of this body, or was replaced already. Look at the latest one.',
  },
  DRAFT_MISSING: {
    zh: '还没有保存过草案，请先保存再提交。',
    en: 'No draft was saved yet: save one first, and send it then.',
  },
  EVALUATION_CLOSED: {
    zh: '该协商活动已办结，不再接受评价。',
    en: 'The consultation is closed: it takes no more evaluations.',
    constraints: ['consultation_evaluation_open'],
  },
  FILE_UNUSABLE: {
    zh: '该文件不能使用：未完整上传，或已用于其他材料。请重新上传。',
    en: 'This file can’t be used: it didn’t arrive whole, or belongs to something else already. Send it again.',
    constraints: [
      'agreement_file_file',
      'file_usable',
      'paper_file',
      'plan_file',
      'file_size',
      'file_name_length',
      'file_chunk_size',
      'file_chunk_position',
    ],
  },
  FOLLOWS_CONSULTATION: {
    zh: '该日程随协商活动而定，请修改协商活动；已锁定的联合协商须由各方同意变更。',
    en: 'This entry follows its consultation: change that one. What is locked is changed by all its parties.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    zh: '该 idempotencyKey 已用于另一次提交，请换一个新的。',
    en: 'This idempotencyKey was used for another request: take a new one.',
  },
  INVALID: {
    zh: '{field} 不符合要求，请修改后重新提交。',
    en: '{field} is not acceptable: correct it and send it again.',
    reasons: {
      ANOTHERS_OWN: {
        zh: '{field} 所填的由委员或承办单位自行提交，请由提交方修改或撤回。',
        en: '{field} names what a member or a department handed in: it is theirs to change or withdraw.',
      },
      COMMITTEE_ENDED: {
        zh: '{field} 所填的政协已撤销，请改填现行的政协编码。',
        en: '{field} names a committee that has ended: give the code of one that there is today.',
      },
      COMMITTEE_UNKNOWN: {
        zh: '{field} 不是目录中的政协，请核对编码。',
        en: '{field} is no committee of the directory: check its code.',
      },
      DAYS_OR_PARTS: {
        zh: '已填写场次，举办日期由场次得出，请去掉 {field}。',
        en: 'The parts tell the days: leave {field} out, or leave out the parts.',
      },
      INSTRUCTION: {
        zh: '{field} 为批示的，请用 recordInstruction 登记。',
        en: '{field} is an instruction: record it by recordInstruction.',
      },
      NONE_THERE: {
        zh: '{field} 所指的层级在贵会之下没有政协。',
        en: '{field} names a level at which there is no committee below yours.',
      },
      NOT_BELOW: {
        zh: '{field} 所填的政协不在贵会之下，请核对。',
        en: '{field} names a committee that isn’t below yours: check it.',
      },
      NOT_ENTERED: {
        zh: '该活动不是补录的，到会情况以签到为准。',
        en: 'This consultation wasn’t entered afterwards: who was there is told by sign-ins.',
      },
      NOT_INVITED: {
        zh: '{field} 所填的政协没有仍有效的邀请，请核对。',
        en: '{field} names a committee that has no invitation that stands: check it.',
      },
      NO_PARTY: {
        zh: '{field} 所填的政协不是本计划的参与方，请核对。',
        en: '{field} names a committee that is no party of the plan: check it.',
      },
      OWN: {
        zh: '{field} 所填的是发起方自己，请去掉。',
        en: '{field} names the committee itself: leave it out.',
      },
      REPEATED: {
        zh: '{field} 中有重复的内容，请去掉。',
        en: '{field} names the same twice: leave one out.',
      },
      TOO_MANY: {
        zh: '{field} 最多 {maximum} 项，请减少后提交。',
        en: '{field} may have at most {maximum} entries: send fewer.',
      },
    },
  },
  INVALID_RULES: {
    zh: '计分细则有误：{zh}。请修改后重新提交。',
    en: 'The scoring rules are wrong: {en}. Correct them and send them again.',
  },
  JOINTLY_PLANNED: {
    zh: '该活动由各方联合商定，请在联合协商计划中提出变更，由各方同意。',
    en: 'The parties of a joint plan agreed on this: propose the change there, for all of them to accept.',
  },
  INVITATION_CARRIED_ON: {
    zh: '本会已就该邀请发起联动行动，请在原行动上办理。',
    en: 'The committee carries this invitation on by an action already: go on with that one.',
    constraints: ['linked_action_invitation'],
  },
  INVITATION_CLOSED: {
    zh: '该邀请已撤回，或所属联动行动已结束，不能再办理。',
    en: 'The invitation was withdrawn, or its action is over: there is nothing to do on it any more.',
    constraints: ['linked_part_invitation_open'],
  },
  KEY_REGISTERED: {
    zh: '该公钥已登记过，请更换新的密钥对。',
    en: 'This key was registered before: make a new pair.',
    constraints: ['agency_key_once'],
  },
  LEAVE_PENDING: {
    zh: '已有一份请假待批，请先等待批复或撤回。',
    en: 'A request for leave is waiting already: wait for its answer, or withdraw it.',
    constraints: ['leave_pending'],
  },
  LEAVE_TOO_LATE: {
    zh: '所请场次均已结束，不能再请假。',
    en: 'The parts are over: leave can no longer be asked for.',
  },
  LIMIT_REACHED: {
    zh: '数量已达上限 {maximum}，请先移除不再需要的。',
    en: 'There are {maximum} already, which is the most: remove one first.',
    constraints: ['tag_member_position', 'calendar_feed_limit'],
  },
  LINK_NOT_HTTPS: {
    zh: '{field} 须为 https:// 开头的完整网址，且不含账号口令。',
    en: '{field} must be a whole address that begins with https:// and holds no user name or password.',
    constraints: ['consultation_live_stream', 'online_meeting_link'],
  },
  NOT_CURRENT: {
    zh: '{field} 所指的组织、站点或合作今天已不存续，请改选现有的。',
    en: '{field} names what is no more: choose one that exists today.',
  },
  NOT_FOUND: {
    zh: '没有找到您可以办理的这条记录，请核对编号。',
    en: 'There is no such record that you could act on: check the id.',
    constraints: ['cooperation_writer'],
  },
  MEETING_BEGUN: {
    zh: '活动已开始，不能再取消；请在结束后登记已举办或未举办。',
    en: 'It has begun and can’t be called off any more: record that it was held, or that it wasn’t, once it is over.',
  },
  MEMBERSHIP_OVER: {
    zh: '该委员资格在所涉日期不在任期内（尚未开始、已届满或已终止），不能以该身份办理，也不能按现任委员列入；如有误，请联系该政协机关。',
    en: 'This membership is not in office on the day concerned: its term has not begun, or is over. Nothing is done as it, and it is not named as a current member’s; where that is wrong, ask its committee’s office.',
  },
  MEMBERSHIP_UNKNOWN: {
    zh: '委员名录中没有您登录身份所指的委员，或该委员不属于所指的政协委员会，不能以该身份办理；请联系该政协机关核对登录身份。',
    en: 'The directory has no such member of that committee as your token names, and nothing is done as them; ask the committee’s office to have your sign-in checked.',
  },
  MESSAGES_OUTDATED: {
    zh: '有 {count} 条消息生成于协议变更之前，不能原样补送，请从其起始游标重新推送。',
    en: '{count} of these were made before the agreement was amended and can’t be sent as they are: replay from their `after`.',
  },
  NOT_SHAREABLE: {
    zh: '这些字段不在该数据集的目录中，或不予共享：{fields}。',
    en: 'These are not in the catalogue of the dataset, or are not shared: {fields}.',
  },
  NOT_SIGNED_UP: {
    zh: '该活动限额参加，此人没有名额，不能签到。',
    en: 'Places are limited here and this member has none, so they can’t sign in.',
  },
  NOT_YOURS: {
    zh: '这件事不归您办理，请由{who}办理。',
    en: 'This is not yours to do: it is for {who}.',
  },
  NUMBER_TAKEN: {
    zh: '该编号或届次已被使用，请核对后改用下一个。',
    en: 'This number is in use already: check it, and take the next one.',
    constraints: ['consultation_number', 'decision_number', 'session_term_ordinal', 'term_owner_ordinal'],
  },
  OBJECTION_TOO_LATE: {
    zh: '异议期限已过（{until}）。请与其他主办方商议。',
    en: 'Objections were taken until {until}: talk to the other hosts.',
  },
  PARTNERS_TO_AGREE: {
    zh: '扩大可见范围须各合作方同意：请其他合作方机关先以 updateCooperation 填报同一可见范围。',
    en: 'Showing it to more takes the consent of all who take part: let the office of each other partner say the same visibility by updateCooperation first.',
  },
  PLACES_TAKEN: {
    zh: '名额已满。',
    en: 'All places are taken.',
    constraints: ['attendance_places'],
  },
  PLAN_EXISTS: {
    zh: '该年度已有协商计划，请在原计划上办理。',
    en: 'There is a plan of this year already: go on with that one.',
    constraints: ['plan_once_a_year'],
  },
  PLAN_ITEM_FULL: {
    zh: '该事项计划数量为 {count}，已全部有活动对应。',
    en: 'The item is planned {count} times, and each has its consultation.',
  },
  PLAN_ITEM_HAS_SOURCES: {
    zh: '该事项由议题或来件采纳而来，请先将其逐件退出并说明理由。',
    en: 'The item was made of topics or submissions: release each of them with a reason first.',
  },
  PLAN_NOT_REVIEWED: {
    zh: '所提交的主席会议尚未登记为已举办，不能登记批准。',
    en: "The chairmen's meeting that it was submitted to isn't recorded as held yet.",
  },
  PRIVATE_KEY_SENT: {
    zh: '请只提交公钥：该密钥的私钥部分已泄露，请重新生成密钥对。',
    en: 'Send the public half only: the private one was seen now, so make a new pair.',
  },
  PUBLIC_KEY_UNUSABLE: {
    zh: '公钥须为 JWK 格式的 Ed25519 或 P-256 公钥。',
    en: 'A public key is a JWK, of Ed25519 or P-256.',
  },
  REFERRAL_HELD: {
    zh: '该事项现由{committee}承办，须待其退回或答复。',
    en: '{committee} holds this matter now: wait until it is handed back or answered.',
  },
  REQUIRED: {
    zh: '请填写 {field}。',
    en: 'Fill in {field}.',
  },
  SAME_PERSON: {
    zh: '所列委员中有两位是同一人（不同政协的委员身份），请只填写一个。',
    en: 'Two of those named are one person, a member of two committees. Name them once.',
  },
  SAME_SEAT: {
    zh: '您已以另一委员身份占有席位，本身份同席，履职各记一次，无需再办；如要以本身份参加，请先以另一身份取消报名。',
    en: 'You hold a seat by another of your memberships, and this one shares it: each has its record of duty, so nothing is left to do. To take part as this one, withdraw as the other first.',
    constraints: ['attendance_seat'],
  },
  SCAN_TOO_LATE: {
    zh: '扫码后超过 {hours} 小时才上传，不能补传。',
    en: 'The scan came in more than {hours} hours after it was made, which is too late.',
  },
  SECOND_PERSON_NEEDED: {
    zh: '拟定人不能批准自己拟定的内容，请由另一人批准。',
    en: 'Who drafted it can’t approve it: somebody else has to.',
  },
  SHARING_NOT_IN_FORCE: {
    zh: '共享协议尚未生效，或已暂停、撤销、到期。',
    en: 'The agreement isn’t in force: not yet, or not any more.',
  },
  SIGN_IN_CLOSED: {
    zh: '签到已结束：截止 {until}。',
    en: 'Sign-in is over: it ended at {until}.',
    reasons: {
      OFF: {
        zh: '该活动尚未安排或不再举行，不能签到。',
        en: 'The consultation isn’t scheduled, or isn’t held: nobody signs in to it.',
      },
    },
  },
  SIGN_IN_NOT_OPEN: {
    zh: '签到尚未开始：请在 {from} 之后签到。',
    en: 'Sign-in isn’t open yet: it opens at {from}.',
  },
  SIGN_UP_CLOSED: {
    zh: '报名已截止。',
    en: 'Sign-up is closed.',
  },
  SIGN_UP_NOT_OPEN: {
    zh: '报名尚未开始，或该活动不接受报名。',
    en: 'Sign-up isn’t open yet, or there is none for this consultation.',
  },
  SIGN_UP_UNSEEN: {
    zh: '该活动的可见范围不含委员，开放报名后无人能够报名：请先公开（联合协商须各主办方均以 updateConsultation 同意 PUBLIC），或由各主办方逐一邀请本方委员。',
    en: 'Members can’t see this, so nobody could sign up: publish it first (joint work takes the consent of each host, who says PUBLIC by updateConsultation), or let each host invite its own members.',
  },
  SIGN_UP_WINDOW: {
    zh: '报名截止时间须晚于报名开始时间，且不晚于首场开始时间。',
    en: 'Sign-up must close after it opens, and no later than the first part starts.',
    constraints: ['consultation_sign_up'],
  },
  STEP_NOT_ALLOWED: {
    zh: '当前状态为 {state}，不能办理此步骤；可在下列状态办理：{from}。',
    en: 'The record is {state}; this step can be taken from {from} only.',
  },
  SUBSTITUTE_NOT_FREE: {
    zh: '不能请该委员替补，请另选一位。',
    en: 'That member can’t be asked to stand in: name another one.',
    constraints: ['attendance_substitute_free', 'attendance_substitute_other'],
  },
  TERM_IN_USE: {
    zh: '该届已有委员或机构，不能撤回；届次或起止日期有误的，请更正。',
    en: 'There are members or organizations of this term: correct its number or its days instead of withdrawing it.',
  },
  TERM_OVERLAP: {
    zh: '与本会另一届的任期重叠，请核对起止日期。',
    en: 'This overlaps another term of the committee: check its first and last day.',
    constraints: ['term_no_overlap'],
  },
  TIME_TAKEN: {
    zh: '该时间已有锁定的联合协商，不能占用。请另选时间，或先在联合协商计划中变更。',
    en: 'A locked joint plan holds this time already: choose another one, or have the plan changed first.',
    constraints: ['calendar_entry_no_overlap'],
  },
  TOO_EARLY: {
    zh: '尚未到办理时间：请在 {from} 之后办理。',
    en: 'It is too early for this step: take it after {from}.',
  },
  TOO_LONG: {
    zh: '{field} 最多 {maximum} 字，请删减后提交。',
    en: '{field} may have at most {maximum} characters: shorten it.',
  },
  TOO_MANY_UPLOADS: {
    zh: '同时上传的文件过多，请待正在上传的完成后再传。',
    en: 'Too many files are being sent at the same time: send this one when another has arrived.',
    constraints: ['file_uploads_at_once'],
  },
  TOPICS_CLOSED: {
    zh: '该计划的议题征集已截止。',
    en: 'Topics for this plan are no more gathered.',
  },
  TYPES_NOT_SHARED: {
    zh: '共享协议不含这些类型的编号：{types}。请从协议所共享的类型中选择，或申请变更协议。',
    en: 'The agreement doesn’t share the ids of these types: {types}. Name others, or ask for another agreement.',
  },
  UPLOAD_QUOTA_REACHED: {
    zh: '已上传而尚未用于任何材料的文件过多，请先使用这些文件，或待其在一天后自动清除。',
    en: 'You have sent too much that no record has taken on: use those files first, or wait a day until they are dropped.',
    constraints: ['file_quota'],
  },
  WEBHOOK_URL_UNUSABLE: {
    zh: '推送地址须为 https 网址，使用域名，不含用户名、密码和锚点，最多 {maximum} 字符。',
    en: 'A webhook’s address is https, with a name and without credentials or fragment, and of at most {maximum} characters.',
  },
} as const satisfies Record<string, UserErrorKind>;

export type UserErrorCode = keyof typeof userErrorKinds;

/** The sentence of a code in the reader's language. */
export function userSentence(code: UserErrorCode, language: Language, details: ErrorDetails = {}): string {
  const kind: UserErrorKind = userErrorKinds[code];
  const { reason, who } = details;
  const sentences = (typeof reason === 'string' && kind.reasons?.[reason]) || kind;
  if (who === undefined || language === 'zh') return filled(sentences[language], details, language);
  const people = typeof who === 'object' ? who : [String(who)];
  return filled(sentences.en, { ...details, who: people.map(peopleInEnglish) }, language);
}

/** The code of a rule that the database itself enforces, by the name of its constraint. */
export function userErrorOfConstraint(constraint: string): UserErrorCode | undefined {
  return (Object.keys(userErrorKinds) as UserErrorCode[]).find((code) =>
    ((userErrorKinds[code] as UserErrorKind).constraints ?? []).includes(constraint),
  );
}

/** A business rule that the request breaks: nothing is written, and the client is told by `userErrors`. */
export class RuleBroken extends Error {
  override readonly name = 'RuleBroken';
  readonly code: UserErrorCode;
  /** Where in the input, outermost first. */
  readonly path: readonly string[];
  readonly details: ErrorDetails;
  /** The record as it is now, where the client needs it to go on. */
  readonly record: string | undefined;

  constructor(
    code: UserErrorCode,
    options: { path?: readonly string[]; details?: ErrorDetails; record?: string | undefined } = {},
  ) {
    super(code);
    this.code = code;
    this.path = options.path ?? [];
    this.details = options.details ?? {};
    this.record = options.record;
  }
}
