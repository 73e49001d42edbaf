/** The patterns that an action of an optimized integration can be called with. */

export const request = ["requestResponse"] as const;
export const job = ["requestResponse", "sync"] as const;
export const callback = ["requestResponse", "waitForTaskToken"] as const;
export const jobOrCallback = ["requestResponse", "sync", "waitForTaskToken"] as const;
