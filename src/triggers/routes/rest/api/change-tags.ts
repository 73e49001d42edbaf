import {
  changeOfTags,
  type ChangeTags,
  notTagged,
  withTaggedStage,
} from "../../api/tag-operations.ts";
import { noSuch } from "../no-such.ts";
import type { RestContext } from "./rest-context.ts";

/** What of REST APIs has tags: APIs and their stages, usage plans and keys. */
export function changingTags({ desk, usage }: RestContext): ChangeTags {
  return async (path, change) => {
    const [kind, id = "", part, name = "", more] = path;
    const changed = changeOfTags(change);
    const { made } = changed;
    if (kind === "restapis" && part === "stages" && more === undefined) {
      await desk.change(id, (before) => withTaggedStage(before, name, made) ?? noSuch("stage"));
    } else if (part !== undefined) notTagged(path);
    else if (kind === "restapis") await desk.change(id, made);
    else if (kind === "usageplans") {
      await usage.plans.update(id, (before) => made(before ?? noSuch("Usage Plan")));
      usage.forget();
    } else if (kind === "apikeys") {
      await usage.keys.update(id, (before) => made(before ?? noSuch("API Key")));
      usage.forget();
    } else notTagged(path);
    return changed.tags;
  };
}
