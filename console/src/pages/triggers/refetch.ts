/** Triggers tell no page of themselves. */
export const refetchMs = 5_000;
