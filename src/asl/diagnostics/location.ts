import { isJsonArray, isJsonObject, type JsonValue } from "../../expression/json.ts";

/** The location as a diagnostic shows it: `""`, the root, is `/`. */
export function atLocation(location: string): string {
  return location === "" ? "/" : location;
}

/**
 * The steps from the root of `document` to what a diagnostic's location names.
 *
 * A location does not escape anything, so a state called `a/b` makes one that only the document can resolve: at
 * each object the longest member name that fits is taken. Steps that the document does not have (a field that is
 * missing) are left out.
 */
export function locationSegments(location: string, document: JsonValue): (string | number)[] {
  const segments: (string | number)[] = [];
  let rest = location === "/" ? "" : location;
  let value: JsonValue | undefined = document;
  while (rest !== "") {
    const step: Step | undefined = isJsonArray(value) ? elementStep(rest) : memberStep(rest, value);
    if (step === undefined) break;
    segments.push(step.segment);
    rest = rest.slice(step.length);
    value = isJsonArray(value)
      ? value[step.segment as number]
      : isJsonObject(value)
        ? value[step.segment]
        : undefined;
  }
  return segments;
}

/** {@link locationSegments} as a JSON pointer (RFC 6901). */
export function locationPointer(location: string, document: JsonValue): string {
  return locationSegments(location, document)
    .map((segment) => `/${String(segment).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

interface Step {
  readonly segment: string | number;
  /** How much of the location it takes. */
  readonly length: number;
}

function elementStep(rest: string): Step | undefined {
  const index = /^\[(\d+)\]/.exec(rest);
  if (index === null) return undefined;
  return { segment: Number(index[1]), length: index[0].length };
}

function memberStep(rest: string, value: JsonValue | undefined): Step | undefined {
  if (!isJsonObject(value)) return undefined;
  let found: string | undefined;
  for (const name of Object.keys(value)) {
    if (found !== undefined && found.length >= name.length) continue;
    if (!rest.startsWith(`/${name}`)) continue;
    const next = rest.charAt(name.length + 1);
    if (next === "" || next === "/" || next === "[") found = name;
  }
  return found === undefined ? undefined : { segment: found, length: found.length + 1 };
}
