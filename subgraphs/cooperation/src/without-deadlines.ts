/** No step of a cooperation has a deadline: who is asked to join one accepts, declines or lets it rest. */
export const withoutDeadlines = { read: async () => new Map<string, Readonly<Record<string, unknown>>>() };
