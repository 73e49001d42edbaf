import type { IntegrationActions } from "../integration-action.ts";
import { job, request } from "../patterns.ts";

/** Documented: the parameters that the optimized integration takes, which lag behind the API's. */
export const athena = {
  startQueryExecution: {
    patterns: job,
    parameters: {
      QueryString: "text!",
      ClientRequestToken: "text",
      ExecutionParameters: "list",
      QueryExecutionContext: "object",
      ResultConfiguration: "object",
      ResultReuseConfiguration: "object",
      WorkGroup: "text",
    },
  },
  stopQueryExecution: { patterns: request, parameters: { QueryExecutionId: "text!" } },
  getQueryExecution: { patterns: request, parameters: { QueryExecutionId: "text!" } },
  getQueryResults: {
    patterns: request,
    parameters: {
      QueryExecutionId: "text!",
      MaxResults: "number",
      NextToken: "text",
      QueryResultType: "text",
    },
  },
} as const satisfies IntegrationActions;
