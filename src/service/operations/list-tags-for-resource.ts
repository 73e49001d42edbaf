import type { Operation } from "../operation.ts";
import { shownTags } from "../tags/tag-list.ts";
import { readTags } from "../tags/tagged-resources.ts";

export const listTagsForResource: Operation<"ListTagsForResource"> = async (input, context) => ({
  tags: shownTags(await readTags(context, input.resourceArn)),
});
