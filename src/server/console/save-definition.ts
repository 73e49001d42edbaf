import { Members } from "../../console/designer/try/members.ts";
import type { Service } from "../../service/service.ts";
import type { Route } from "./console-api.ts";

/** The members of UpdateStateMachine that are objects, and are checked by it. */
const configurations = ["loggingConfiguration", "tracingConfiguration"] as const;
const known = [
  "definition",
  "roleArn",
  ...configurations,
  "expectedRevisionId",
  "publish",
  "versionDescription",
];

/**
 * UpdateStateMachine with a condition that AWS's API does not have: the revision that is to be replaced. Another one is answered
 * with 409, and nothing is saved. `INITIAL` is the revision that the state machine was created with, which shows no id.
 */
export function saveDefinitionRoute(service: Pick<Service, "call">): Route {
  return async ({ body, context }, stateMachineArn) => {
    const asked = new Members(body, "A definition to be saved", known);
    const isPublished = asked.flag("publish") ?? false;
    const description = asked.text("versionDescription");
    const roleArn = asked.text("roleArn");
    const configured = configurations.flatMap((name) => {
      const value = asked.object(name);
      return value === undefined ? [] : [[name, value] as const];
    });
    const replacedRevisionId = asked.text("expectedRevisionId");
    return service.call(
      "UpdateStateMachine",
      {
        stateMachineArn,
        definition: asked.requiredText("definition"),
        ...(roleArn !== undefined && { roleArn }),
        ...Object.fromEntries(configured),
        ...(isPublished && { publish: true }),
        ...(description !== undefined && { versionDescription: description }),
      },
      { ...context, ...(replacedRevisionId !== undefined && { replacedRevisionId }) },
    );
  };
}
