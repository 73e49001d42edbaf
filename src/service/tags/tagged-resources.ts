import type { ActivityRecord } from "../../ports/store.ts";
import type { LoadedStateMachine } from "../../runtime/engine.ts";
import { parseArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import type { ServiceContext } from "../operation.ts";
import type { Tags } from "./tag-list.ts";

type Tagged =
  | { readonly type: "stateMachine"; readonly machine: LoadedStateMachine }
  | { readonly type: "activity"; readonly record: ActivityRecord };

/** Documented: state machines and activities have tags; the ARN of a version is a resource that does not exist. */
async function taggedResource(context: ServiceContext, arn: string): Promise<Tagged> {
  if (parseArn(arn, "stateMachine", "activity").type === "stateMachine") {
    const machine = await context.engine.directory.get(arn);
    if (machine !== undefined) return { type: "stateMachine", machine };
  } else {
    const record = await context.store.activity(arn);
    if (record !== undefined) return { type: "activity", record };
  }
  throw errors.resourceNotFound(arn);
}

export async function readTags(context: ServiceContext, arn: string): Promise<Tags> {
  const found = await taggedResource(context, arn);
  return found.type === "activity" ? found.record.tags : found.machine.record.tags;
}

export async function changeTags(
  context: ServiceContext,
  arn: string,
  change: (tags: Tags) => Tags,
): Promise<void> {
  await context.serial(arn, async () => {
    const found = await taggedResource(context, arn);
    if (found.type === "activity") {
      await context.store.putActivity({ ...found.record, tags: change(found.record.tags) });
    } else {
      const { record } = found.machine;
      await context.engine.directory.put({ ...record, tags: change(record.tags) });
    }
  });
}
