import type { Operation } from "../operation.ts";
import { withTags } from "../tag-list.ts";
import { changeTags } from "../tagged-resources.ts";

export const tagResource: Operation<"TagResource"> = async (input, context) => {
  const { resourceArn } = input;
  await changeTags(context, resourceArn, (tags) => withTags(resourceArn, tags, input.tags));
  return {};
};
