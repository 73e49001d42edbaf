/** What is said where the key of a workflow cannot be had. */
export const keyLost = {
  titles: {
    KmsAccessDeniedException: "The key of this workflow is refused",
    KmsInvalidStateException: "The key of this workflow cannot be used at present",
    KmsThrottlingException: "The key of this workflow was asked for too often",
  },
  why: "Its definition and the data of its executions are sealed with a key of its own. Until that can be used again, only what is stored in clear is shown.",
  again: "Ask again",
} as const;
