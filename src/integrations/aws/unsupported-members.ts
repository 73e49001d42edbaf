import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import type { ValueStyle } from "./member-names.ts";
import { memberNamed } from "./sdk-input.ts";
import type { SdkShape } from "./sdk-shape.ts";

/**
 * The members of parameters, as a definition writes them, that an operation does not have. What is computed is not known yet.
 *
 * *Observed* (aws-cdk, issue 29968): the service refuses them at any depth when a state machine is created.
 */
export function unsupportedMembers(
  shape: SdkShape,
  written: JsonObject,
  style: ValueStyle,
  language: "JSONPath" | "JSONata",
): readonly string[] {
  const found: string[] = [];
  const visit = (at: SdkShape, value: JsonValue): void => {
    if (at.type === "list" && isJsonArray(value)) for (const item of value) visit(at.item(), item);
    if (!isJsonObject(value)) return;
    if (at.type === "map") for (const item of Object.values(value)) visit(at.value(), item);
    if (at.type !== "structure") return;
    for (const [name, member] of Object.entries(value)) {
      const isComputed = language === "JSONPath" && name.endsWith(".$");
      const plain = isComputed ? name.slice(0, -2) : name;
      const known = memberNamed(at, plain, style);
      if (known === undefined) found.push(plain);
      else if (!isComputed) visit((at.members.get(known) as () => SdkShape)(), member);
    }
  };
  visit(shape, written);
  return found;
}
