/** 日程 as a calendar is told of it, whatever record of the graph it comes from. */
export interface CalendarEvent {
  /** The id of a record: the same as long as it is the same event. */
  readonly id: string;
  /** Grows whenever the event changes. */
  readonly sequence: number;
  readonly status: 'TENTATIVE' | 'CONFIRMED' | 'CANCELLED';
  readonly when: Times | Days;
  readonly title: string;
  readonly place: string | null;
  readonly topics: readonly string[];
  readonly categories: readonly string[];
  /** Whether whoever reads the calendar is busy then. */
  readonly busy: boolean;
  /** Where the hub's front end shows it. */
  readonly path: string;
  readonly organizer: Party | null;
  /** Who takes part; none where it is the organizer alone. */
  readonly participants: readonly Participant[];
  readonly created: string;
  readonly modified: string;
}

/** Instants. */
export interface Times {
  readonly starts: string;
  readonly ends: string;
}
/** Whole days, both included. */
export interface Days {
  readonly from: string;
  readonly until: string;
}

/** A committee. */
export interface Party {
  readonly code: string;
  readonly name: string;
}
export interface Participant extends Party {
  /** What was said to it, as people read it; null where nothing was asked. */
  readonly answer: string | null;
  readonly required: boolean;
}
