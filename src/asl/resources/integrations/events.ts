import type { IntegrationActions } from "../integration-action.ts";
import { callback } from "../patterns.ts";

export const events = {
  putEvents: { patterns: callback, parameters: { Entries: "list!", EndpointId: "text" } },
} as const satisfies IntegrationActions;
