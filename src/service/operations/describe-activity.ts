import { checkActivityArn } from "../arns.ts";
import { shownEncryption } from "../configurations.ts";
import { errors } from "../errors/errors.ts";
import type { Operation } from "../operation.ts";
import { epochSeconds } from "../timestamps.ts";

export const describeActivity: Operation<"DescribeActivity"> = async (input, context) => {
  checkActivityArn(input.activityArn);
  const record = await context.store.activity(input.activityArn);
  if (record === undefined) throw errors.activityDoesNotExist(input.activityArn);
  return {
    activityArn: record.activityArn,
    name: record.name,
    creationDate: epochSeconds(record.createdAt),
    encryptionConfiguration: shownEncryption(record.encryptionConfiguration),
  };
};
