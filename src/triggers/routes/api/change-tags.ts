import type { ApiDesk } from "../api-desk.ts";
import { notFound } from "./gateway-context.ts";
import { changeOfTags, type ChangeTags, notTagged, withTaggedStage } from "./tag-operations.ts";

/** What of HTTP APIs has tags: APIs and their stages. */
export function changingTags({ desk }: { readonly desk: ApiDesk }): ChangeTags {
  return async (path, change) => {
    const [kind, id = "", part, name = "", more] = path;
    const changed = changeOfTags(change);
    if (kind !== "apis" || more !== undefined) notTagged(path);
    if (part === undefined) await desk.change(id, changed.made);
    else if (part === "stages") {
      await desk.change(
        id,
        (before) => withTaggedStage(before, name, changed.made) ?? notFound("stage", name),
      );
    } else notTagged(path);
    return changed.tags;
  };
}
