/** What is in memory changes without any event of an execution. */
export const refetchMs = 2_000;
