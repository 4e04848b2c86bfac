/** Who is asking. The gateway makes it from a verified token; subgraphs believe nothing else. */
export type Actor =
  /** `receipt` is the code that was given to whoever filed something without signing in. */
  | { readonly kind: 'PUBLIC'; readonly receipt?: string | undefined }
  | MemberActor
  | {
      readonly kind: 'STAFF';
      readonly subject: string;
      readonly committee: string;
      readonly duties: readonly Duty[];
      /** The office that they belong to: the id of an organization. */
      readonly office?: string | undefined;
    }
  /** 承办单位: reads and answers what was given to it; `department` is the id of the organization that it is. */
  | { readonly kind: 'DEPARTMENT'; readonly subject: string; readonly committee: string; readonly department: string }
  /** 社情民意联络员: reports to the committee, and reads its own reports. */
  | { readonly kind: 'LIAISON'; readonly subject: string; readonly committee: string }
  | AgencyActor
  /** Runs the hub and sees no content. */
  | { readonly kind: 'OPERATOR'; readonly subject: string }
  /** The hub's own followers, which carry what happened in one subgraph to another; no token makes one. */
  | { readonly kind: 'FEED'; readonly subject: string };

/** A member acts as one membership: `member` is its id, `committee` that one's committee. */
export interface MemberActor {
  readonly kind: 'MEMBER';
  readonly subject: string;
  readonly member: string;
  readonly committee: string;
  /** Ids of all memberships of the person, the acting one among them. */
  readonly memberships: readonly string[];
  /** Ids of the sectors, special committees and groups that the member convenes (召集人). */
  readonly convenes: readonly string[];
}

/**
 * 数据使用方: a partner agency; `subject` is its id. It reads its own affairs, and what is public in the regions that
 * it may read of; field by field it is checked at the gateway.
 */
export interface AgencyActor {
  readonly kind: 'AGENCY';
  readonly subject: string;
  /** Codes of the regions that it may read of, with all in them; those of every agency: the nation. */
  readonly regions: readonly string[];
  /** The committee whose own records it reads too: under an agreement, the one that shares. */
  readonly sharedBy?: string | undefined;
}

export type ActorKind = Actor['kind'];

export const duties = ['proposals', 'meetings', 'members', 'township', 'sharing'] as const;
export type Duty = (typeof duties)[number];

export const PUBLIC: Actor = Object.freeze({ kind: 'PUBLIC' });

/** A stable name of whoever asks, for what is kept for them between requests. */
export function subjectOf(actor: Actor): string {
  return actor.kind === 'PUBLIC' ? 'public' : `${actor.kind} ${actor.kind === 'MEMBER' ? actor.member : actor.subject}`;
}
