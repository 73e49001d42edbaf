import type { Operation } from "../operation.ts";
import { withTags } from "../tags/tag-list.ts";
import { changeTags } from "../tags/tagged-resources.ts";

export const tagResource: Operation<"TagResource"> = async (input, context) => {
  const { resourceArn } = input;
  await changeTags(context, resourceArn, (tags) => withTags(resourceArn, tags, input.tags));
  return {};
};
