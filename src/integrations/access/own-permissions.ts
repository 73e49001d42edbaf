import type { stepwell } from "../../asl/resources/integrations/stepwell.ts";
import type { Permission } from "../described/permission.ts";

/**
 * What a role has to be allowed for what Stepwell itself offers (`arn:stepwell:states:::run`). *Our choice*: actions of a service of their
 * own, on the commands and databases that the configuration names.
 */
export const ownPermissions: { readonly [A in keyof typeof stepwell]: Permission } = {
  run: {
    action: "stepwell:RunCommand",
    resource: { parameters: ["Command"], as: "name", arn: own("command/{name}") },
  },
  mail: { action: "stepwell:SendMail" },
  webhook: { action: "stepwell:CallWebhook", conditions: { "stepwell:WebhookUrl": "Url" } },
  sql: {
    action: "stepwell:ExecuteStatement",
    resource: { parameters: ["Database"], as: "name", arn: own("database/{name}") },
  },
};

function own(resource: string): string {
  return `arn:{partition}:stepwell:{region}:{account}:${resource}`;
}
