import type { TaskRequest } from "../../ports/task-handler.ts";

/**
 * What a stand-in is told, as JSON text: `resource`, `parameters` and whose task it is; `taskToken` where an answer by
 * SendTaskSuccess is waited for, or ends a job early.
 */
export function requestDocument(request: TaskRequest): string {
  const { resource, parameters, executionArn, stateMachineArn, stateName } = request;
  const members: [name: string, text: string][] = [
    ["resource", JSON.stringify(resource.arn)],
    // As it was written: no number changes on the way.
    ["parameters", parameters.text],
    ["executionArn", JSON.stringify(executionArn)],
    ["stateMachineArn", JSON.stringify(stateMachineArn)],
    ["stateName", JSON.stringify(stateName)],
  ];
  const token = answerToken(request);
  if (token !== undefined) members.push(["taskToken", JSON.stringify(token)]);
  return `{${members.map(([name, text]) => `"${name}":${text}`).join(",")}}`;
}

/** The token by which the task can be answered from outside; `undefined` where its result is the call's. */
export function answerToken(request: TaskRequest): string | undefined {
  const { resource } = request;
  if (resource.kind !== "service" || resource.pattern === "requestResponse") return undefined;
  return request.taskToken;
}
