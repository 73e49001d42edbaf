import { type ChangeTags, notTagged, type Tags } from "../../api/tag-operations.ts";
import { noSuch } from "../no-such.ts";
import { inRecord, type RestContext } from "./rest-context.ts";

/** What of REST APIs has tags: APIs and their stages, usage plans and keys. */
export function changingTags({ desk, usage }: RestContext): ChangeTags {
  return async (path, change) => {
    const [kind, id = "", part, name = "", more] = path;
    let tags: Tags = {};
    const changed = <T extends { readonly tags?: Tags }>(record: T): T => {
      tags = change(record.tags ?? {});
      return tags === record.tags ? record : { ...record, tags };
    };
    if (kind === "restapis" && part === undefined) await desk.change(id, changed);
    else if (kind === "restapis" && part === "stages" && more === undefined) {
      await desk.change(id, (before) => {
        const stage = inRecord(before.stages, name) ?? noSuch("stage");
        const after = changed(stage);
        return after === stage
          ? before
          : { ...before, stages: { ...before.stages, [name]: after } };
      });
    } else if (kind === "usageplans" && part === undefined) {
      await usage.plans.update(id, (before) => changed(before ?? noSuch("Usage Plan")));
      usage.forget();
    } else if (kind === "apikeys" && part === undefined) {
      await usage.keys.update(id, (before) => changed(before ?? noSuch("API Key")));
      usage.forget();
    } else notTagged(path);
    return tags;
  };
}
