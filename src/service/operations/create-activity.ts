import { activityArn } from "../../machine/arns.ts";
import { customerKeyOf } from "../../ports/customer-key-of.ts";
import type { ActivityRecord } from "../../ports/store.ts";
import { checkEncryption, shownEncryption } from "../configurations.ts";
import { errors } from "../errors/errors.ts";
import { checkName } from "../names.ts";
import type { Operation } from "../operation.ts";
import { withTags } from "../tags/tag-list.ts";
import { epochSeconds } from "../timestamps.ts";

/** Documented: idempotent by name; other tags are ignored, another encryption is refused. */
export const createActivity: Operation<"CreateActivity"> = (input, context) => {
  checkName(input.name);
  const arn = activityArn(context.scope, input.name);
  const tags = withTags(arn, {}, input.tags ?? []);
  const { encryptionConfiguration } = input;
  if (encryptionConfiguration !== undefined) checkEncryption(encryptionConfiguration);
  const encryption = encryptionConfiguration && JSON.stringify(encryptionConfiguration);

  return context.serial(arn, async () => {
    let record = await context.store.activity(arn);
    if (record === undefined) {
      record = {
        activityArn: arn,
        name: input.name,
        createdAt: context.clock.now(),
        tags,
        ...(encryption !== undefined && { encryptionConfiguration: encryption }),
      } satisfies ActivityRecord;
      const key = customerKeyOf(arn, record);
      if (key !== undefined) await context.customerKeys.check(key);
      await context.store.putActivity(record);
      context.engine.activityChanged(arn, true);
    } else if (!sameEncryption(record.encryptionConfiguration, encryption)) {
      throw errors.activityAlreadyExists(arn);
    }
    return { activityArn: arn, creationDate: epochSeconds(record.createdAt) };
  });
};

function sameEncryption(a: string | undefined, b: string | undefined): boolean {
  const [one, other] = [shownEncryption(a), shownEncryption(b)];
  return (
    one["type"] === other["type"] &&
    one["kmsKeyId"] === other["kmsKeyId"] &&
    one["kmsDataKeyReusePeriodSeconds"] === other["kmsDataKeyReusePeriodSeconds"]
  );
}
