import type { ApiDesk } from "../api-desk.ts";
import { notFound } from "./gateway-context.ts";
import { type ChangeTags, notTagged, type Tags } from "./tag-operations.ts";

/** What of HTTP APIs has tags: APIs and their stages. */
export function changingTags({ desk }: { readonly desk: ApiDesk }): ChangeTags {
  return async (path, change) => {
    const [kind, id = "", part, name = "", more] = path;
    let tags: Tags = {};
    const changed = <T extends { readonly tags?: Tags }>(record: T): T => {
      tags = change(record.tags ?? {});
      return tags === record.tags ? record : { ...record, tags };
    };
    if (kind !== "apis" || more !== undefined) notTagged(path);
    if (part === undefined) await desk.change(id, changed);
    else if (part === "stages") {
      await desk.change(id, (before) => {
        const stage =
          (Object.hasOwn(before.stages, name) ? before.stages[name] : undefined) ??
          notFound("stage", name);
        const after = changed(stage);
        return after === stage
          ? before
          : { ...before, stages: { ...before.stages, [name]: after } };
      });
    } else notTagged(path);
    return tags;
  };
}
