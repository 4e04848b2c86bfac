/** Who is asking. The gateway makes it from a verified token; subgraphs believe nothing else. */
export type Actor =
  | { readonly kind: 'PUBLIC' }
  /** A member acts as one membership: `member` is its id, `committee` that one's committee. */
  | { readonly kind: 'MEMBER'; readonly subject: string; readonly member: string; readonly committee: string }
  | { readonly kind: 'STAFF'; readonly subject: string; readonly committee: string; readonly duties: readonly Duty[] }
  /** 承办单位: so far it reads as the public does; nothing is given to departments yet. */
  | { readonly kind: 'DEPARTMENT'; readonly subject: string; readonly committee: string }
  /** 社情民意联络员: so far it reads as the public does. */
  | { readonly kind: 'LIAISON'; readonly subject: string; readonly committee: string }
  /** A partner under an agreement; there are none yet, so it sees nothing. */
  | { readonly kind: 'AGENCY'; readonly subject: string }
  /** Runs the hub and sees no content. */
  | { readonly kind: 'OPERATOR'; readonly subject: string };

export type ActorKind = Actor['kind'];

export const duties = ['proposals', 'meetings', 'members', 'township'] as const;
export type Duty = (typeof duties)[number];

export const PUBLIC: Actor = Object.freeze({ kind: 'PUBLIC' });
