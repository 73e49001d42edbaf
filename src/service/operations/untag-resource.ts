import type { Operation } from "../operation.ts";
import { withoutTags } from "../tags/tag-list.ts";
import { changeTags } from "../tags/tagged-resources.ts";

/** Observed: keys that are not there, or twice in the list, are no error. */
export const untagResource: Operation<"UntagResource"> = async (input, context) => {
  await changeTags(context, input.resourceArn, (tags) => withoutTags(tags, input.tagKeys));
  return {};
};
