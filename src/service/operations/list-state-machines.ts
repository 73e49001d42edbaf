import { regionPrefix } from "../../machine/arns.ts";
import type { Operation } from "../operation.ts";
import { storePage } from "../paging/paging.ts";
import { epochSeconds } from "../timestamps.ts";

export const listStateMachines: Operation<"ListStateMachines"> = (input, context) =>
  storePage(
    context,
    input,
    `ListStateMachines ${regionPrefix(context.scope)}`,
    "stateMachines",
    (page) => context.store.stateMachines(regionPrefix(context.scope), page),
    ({ stateMachineArn, name, type, createdAt }) => ({
      stateMachineArn,
      name,
      type,
      creationDate: epochSeconds(createdAt),
    }),
  );
