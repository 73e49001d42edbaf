import type { ServiceApi } from "../../ports/service-api.ts";
import type { StackDesk } from "../desk/stack-desk.ts";
import { changeOperations } from "./change-operations.ts";
import { changeSetOperations } from "./change-set-operations.ts";
import { driftOperations } from "./drift-operations.ts";
import { readOperations } from "./read-operations.ts";
import { templateOperations } from "./template-operations.ts";

/** CloudFormation, as far as tools that deploy call it. */
export function cloudFormationApi(desk: StackDesk): ServiceApi {
  return {
    signingName: "cloudformation",
    protocol: {
      type: "query",
      version: "2010-05-15",
      namespace: "http://cloudformation.amazonaws.com/doc/2010-05-15/",
    },
    operations: {
      ...changeOperations(desk),
      ...changeSetOperations(desk),
      ...readOperations(desk),
      ...templateOperations(desk),
      ...driftOperations(desk),
    },
  };
}
