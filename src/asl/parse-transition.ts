import type { Transition } from "./definition.ts";
import { failType, stringField, type Fields } from "./fields/fields.ts";
import { wording } from "./diagnostics/wording.ts";

/** The fields of states that go on to another one. */
export const transitionFields = ["Next", "End"] as const;

/** `Next` or `End: true`, of the state called `name`. `End: false` is as good as no `End`. */
export function parseTransition(fields: Fields, name: string): Transition {
  const { diagnostics, graph } = fields.context;
  const end = fields.value("End");
  if (end !== undefined && typeof end !== "boolean") failType(fields, "End", "Boolean");
  const Next = stringField(fields, "Next");
  if (Next !== undefined) graph.transitions.link(name, Next, fields.at("Next"));
  if (end === true) graph.transitions.end();
  if (Next !== undefined && end === true) {
    diagnostics.error(wording.onlyOne(transitionFields), fields.location);
  } else if (Next === undefined && end !== true) {
    if (!fields.has("Next") && (end === undefined || end === false)) {
      diagnostics.error(wording.exactlyOne(transitionFields), fields.location);
    }
    graph.transitions.loseTrack();
  }
  return { Next };
}
