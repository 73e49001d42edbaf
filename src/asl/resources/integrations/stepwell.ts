import type { IntegrationActions } from "../integration-action.ts";
import { callback, job, request } from "../patterns.ts";

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
  mail: {
    patterns: callback,
    parameters: {
      // A text or a list of texts, as are the other addresses.
      To: "json!",
      Cc: "json",
      Bcc: "json",
      ReplyTo: "json",
      From: "string",
      Subject: "text!",
      Text: "text",
      Html: "text",
    },
  },
  webhook: {
    patterns: ["waitForTaskToken"],
    parameters: {
      Url: "string",
      Method: "string",
      Headers: "object",
      Body: "json",
    },
  },
  sql: {
    patterns: request,
    parameters: {
      Database: "string!",
      Statement: "string!",
      Parameters: "list",
    },
  },
} as const satisfies IntegrationActions;
