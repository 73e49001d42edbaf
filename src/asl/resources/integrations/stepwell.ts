import type { IntegrationActions } from "../integration-action.ts";
import { job } from "../patterns.ts";

/**
 * What Stepwell itself offers, as `arn:stepwell:states:::run`: a prefix of its own, so that a definition which uses it is refused by
 * name elsewhere.
 */
export const stepwell = {
  run: {
    patterns: job,
    parameters: {
      Command: "string!",
      Arguments: "list",
      Environment: "object",
      Input: "json",
    },
  },
} as const satisfies IntegrationActions;
