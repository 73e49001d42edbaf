import type { TemplatePlace } from "../template.ts";

/** A place at the end of a message; nothing where there is none. Observed: how AWS's messages name one. */
export function placeText(place: TemplatePlace | undefined): string {
  return place ? ` (line ${String(place.line)}, column ${String(place.column)})` : "";
}
