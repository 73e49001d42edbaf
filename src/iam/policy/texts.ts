import { type PlacedJson, syntaxErrors } from "./placed-json.ts";
import { MalformedPolicy } from "./policy-problem.ts";

export interface PlacedText {
  readonly at: number;
  readonly text: string;
}

/** An element that is one text or a list of them; whether numbers and booleans stand for texts, the caller says. */
export function textsOf(
  element: PlacedJson,
  types: readonly PlacedJson["type"][] = ["string"],
): readonly PlacedText[] {
  const items = element.type === "array" ? element.items : [element];
  return items.map((item) => {
    if (!types.includes(item.type) || !("text" in item)) {
      throw new MalformedPolicy(syntaxErrors, item.at);
    }
    return item;
  });
}
