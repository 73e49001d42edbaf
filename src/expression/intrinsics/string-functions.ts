import { isJsonArray, isJsonObject, type JsonValue } from "../json.ts";
import { charge, chargeValues } from "../steps.ts";
import { InvalidArguments } from "./intrinsic-error.ts";
import { fixed, stringArgument, type IntrinsicFunction } from "./intrinsic-function.ts";

export const stringFunctions = {
  "States.Format": {
    minimumArguments: 1,
    maximumArguments: Number.POSITIVE_INFINITY,
    run: (given, scope) => {
      for (let times = 0; times < weightOfFormat; times++) chargeValues(scope, ...given);
      const [template, ...values] = given;
      return format(formatText(template as JsonValue), values);
    },
  },
  /**
   * Every character of the second argument is a delimiter (*documented*); empty pieces are dropped
   * (*observed*); without any delimiter the text is one piece.
   */
  "States.StringSplit": fixed(2, ([given, delimiters], scope) => {
    const text = stringArgument(given);
    const separators = new Set(stringArgument(delimiters));
    charge(scope, text.length / splitPerStep);
    const pieces: string[] = [];
    let piece = "";
    for (const character of text) {
      if (!separators.has(character)) piece += character;
      else if (piece !== "") {
        pieces.push(piece);
        piece = "";
      }
    }
    if (piece !== "") pieces.push(piece);
    return pieces;
  }),
} satisfies Readonly<Record<string, IntrinsicFunction>>;

/** How many times as long as writing its values as JSON Format takes. Measured. */
const weightOfFormat = 3;

/** Characters that StringSplit looks at in one step. Measured. */
const splitPerStep = 4;

/** Replaces each `{}`; a backslash takes the meaning from `'`, `{`, `}` and itself. */
function format(template: string, values: readonly JsonValue[]): string {
  let text = "";
  let used = 0;
  for (let index = 0; index < template.length; index++) {
    const character = template.charAt(index);
    const following = template.charAt(index + 1);
    if (character === "\\" && following !== "" && "'{}\\".includes(following)) {
      text += following;
      index++;
    } else if (character === "{") {
      if (following !== "}") throw unmatched("matching '}' not found for '{'.");
      const value = values[used++];
      text += value === undefined ? "" : formatText(value);
      index++;
    } else if (character === "}") {
      throw unmatched("matching '{' not found for '}'.");
    } else text += character;
  }
  if (used !== values.length) {
    throw new InvalidArguments("number of arguments do not match the occurrences of {}.");
  }
  return text;
}

function unmatched(reason: string): InvalidArguments {
  return new InvalidArguments(`Invalid template: ${reason}`);
}

/**
 * The text of a value in a formatted string. *Observed*: objects and arrays come out as Java's maps and
 * lists print themselves, `{Arg1=1, Arg2=[]}`.
 */
export function formatText(value: JsonValue): string {
  if (isJsonArray(value)) return `[${value.map(formatText).join(", ")}]`;
  if (!isJsonObject(value)) return String(value);
  const members = Object.entries(value).map(([name, member]) => `${name}=${formatText(member)}`);
  return `{${members.join(", ")}}`;
}
