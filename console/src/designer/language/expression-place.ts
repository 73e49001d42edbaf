import type { CompletionQuestion } from "../completion/candidate.ts";
import type { DefinitionDocument } from "../document/definition-document.ts";
import type { CursorPlace } from "./cursor-place.ts";
import { languageAt, textAt } from "./candidates.ts";
import { placeAt } from "./place-kind.ts";

/** An expression that somebody types in: the question for the completion of names, but its data. */
export interface ExpressionPlace extends Omit<CompletionQuestion, "data"> {
  /** Where its text begins in the document. */
  readonly from: number;
}

const pathFields = /^(?:InputPath|OutputPath|ResultPath|ItemsPath|Variable|\w+Path)$/;
const withResult: ReadonlySet<string> = new Set(["Task", "Parallel", "Map"]);

/** What expression the cursor is in; `undefined` in a plain text. The text of the place is that of the quotes, as it is written. */
export function expressionPlace(
  document: DefinitionDocument,
  place: CursorPlace,
): ExpressionPlace | undefined {
  if (place.part !== "value") return undefined;
  const { state } = placeAt(place.holder);
  if (state === undefined) return undefined;
  const raw = document.text.slice(place.from, place.to);
  const cursor = place.written.length;
  const field = String(place.holder[state.length] ?? place.name);
  const type = textAt(document, [...state, "Type"]) ?? "";
  if (languageAt(document, state) === "JSONata") {
    const open = raw.lastIndexOf("{%", cursor);
    if (open < 0 || open + 2 > cursor) return undefined;
    const close = raw.indexOf("%}", open + 2);
    if (close >= 0 && close < cursor) return undefined;
    const from = open + 2;
    const text = raw.slice(from, close < 0 ? raw.length : close);
    return {
      language: "jsonata",
      text,
      cursor: cursor - from,
      from: place.from + from,
      allowed: allowedIn(field, place, type),
    };
  }
  const name = String(place.name);
  const isTemplate = name.endsWith(".$");
  if (!isTemplate && !(pathFields.test(name) && place.holder.length <= state.length + 4)) {
    return undefined;
  }
  return {
    language: isTemplate || /^(?:Error|Cause)Path$/.test(name) ? "intrinsic" : "jsonpath",
    text: raw,
    cursor,
    from: place.from,
    of: documentIn(field, place, type),
  };
}

function allowedIn(
  field: string,
  { holder, name }: CursorPlace,
  type: string,
): NonNullable<CompletionQuestion["allowed"]> {
  if (field === "Catch") return [...holder, name].some(isLater) ? ["errorOutput"] : [];
  return isLater(field) && withResult.has(type) ? ["result"] : [];
}

function isLater(part: unknown): boolean {
  return part === "Output" || part === "Assign";
}

/** *Spec*: what `$` is in the fields that come after the call. */
function documentIn(
  field: string,
  { holder }: CursorPlace,
  type: string,
): NonNullable<CompletionQuestion["of"]> {
  if (field === "Catch" && holder.includes("Assign")) return "errorOutput";
  if (field === "ResultSelector") return "result";
  return field === "Assign" && withResult.has(type) ? "result" : "input";
}
