import type { Operation } from "../operation.ts";
import { shownTags } from "../tag-list.ts";
import { readTags } from "../tagged-resources.ts";

export const listTagsForResource: Operation<"ListTagsForResource"> = async (input, context) => ({
  tags: shownTags(await readTags(context, input.resourceArn)),
});
