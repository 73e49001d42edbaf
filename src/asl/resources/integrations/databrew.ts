import type { IntegrationActions } from "../integration-action.ts";
import { job } from "../patterns.ts";

export const databrew = {
  startJobRun: { patterns: job, parameters: { Name: "text!" } },
} as const satisfies IntegrationActions;
