/** What a request for a mandate says of itself beside whom it is for and the cuts: nothing. */
export const PLAIN_REQUEST = {
  position: null,
  brandOverrides: [],
  noticeDays: 0,
  mandateId: null,
  additional: false,
  startsOn: null,
  endsAt: null,
} as const;

/** How either side ends a mandate that says nothing more of it. */
export const PLAIN_END = { reason: null, atOnce: false, side: null } as const;
