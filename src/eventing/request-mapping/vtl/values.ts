import { ExactNumber } from "../../../expression/exact-number.ts";
import { isJsonArray, isJsonObject, type JsonValue } from "../../../expression/json.ts";

/** A value of a template. Lists and maps can be changed by it; `undefined` and `null` are the same to it. */
export type VtlValue =
  | string
  | number
  | boolean
  | null
  | undefined
  | ExactNumber
  | VtlValue[]
  | Map<string, VtlValue>
  | VtlObject;

/** What has functions of its own: `$input`, `$util`. */
export class VtlObject {
  readonly members: { readonly [name: string]: VtlValue };
  readonly functions: { readonly [name: string]: (...given: readonly VtlValue[]) => VtlValue };

  constructor(members: VtlObject["members"], functions: VtlObject["functions"]) {
    this.members = members;
    this.functions = functions;
  }
}

/** A template cannot be rendered for this request. */
export class TemplateFailure extends Error {
  override readonly name = "TemplateFailure";
}

/** A value that a template may change, made of one that it may not. */
export function fromJson(value: JsonValue): VtlValue {
  if (isJsonArray(value)) return value.map(fromJson);
  if (!isJsonObject(value)) return value;
  return new Map(Object.entries(value).map(([name, member]) => [name, fromJson(member)]));
}

/** *Documented*: API Gateway, quotas: the size of a payload. No text of a template is longer. */
export const longestText = 10 * 1024 * 1024;

/** As Java prints it, which the engine at AWS is written in: `[a, b]`, `{a=1}`. Nothing is an empty text. */
export function toText(value: VtlValue): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined || value instanceof VtlObject) return "";
  if (!Array.isArray(value) && !(value instanceof Map)) return String(value);
  const printer = new Printer();
  printer.print(value, 0);
  return printer.text;
}

/** Lists and maps may be in each other, and in themselves. */
class Printer {
  text = "";
  #values = 0;

  print(value: VtlValue, depth: number): void {
    if (depth > deepest) throw new TemplateFailure("A value is nested too deeply");
    if (++this.#values > mostValues) throw new TemplateFailure("A value has too many items");
    if (Array.isArray(value)) {
      this.#write("[");
      value.forEach((item, index) => {
        if (index > 0) this.#write(", ");
        this.print(item, depth + 1);
      });
      this.#write("]");
    } else if (value instanceof Map) {
      this.#write("{");
      [...value].forEach(([name, member], index) => {
        this.#write(`${index > 0 ? ", " : ""}${name}=`);
        this.print(member, depth + 1);
      });
      this.#write("}");
    } else this.#write(value === null || value === undefined ? "null" : toText(value));
  }

  #write(text: string): void {
    this.text += text;
    if (this.text.length > longestText) throw new TemplateFailure("A text is too long");
  }
}

/** *Documented*: Velocity 1: what is there is true, an empty text too. */
export function isTrue(value: VtlValue): boolean {
  return value !== null && value !== undefined && value !== false;
}

export function isNumeric(value: VtlValue): value is number | ExactNumber {
  return typeof value === "number" || value instanceof ExactNumber;
}

/** *Documented*: Velocity: values of different kinds are compared as texts. */
export function isEqual(left: VtlValue, right: VtlValue): boolean {
  if (left === right) return true;
  const [hasLeft, hasRight] = [left, right].map((value) => value !== null && value !== undefined);
  if (!hasLeft || !hasRight) return hasLeft === hasRight;
  return isNumeric(left) && isNumeric(right)
    ? Number(left) === Number(right)
    : toText(left) === toText(right);
}

/** Our choices: a map can be put into itself, and a list into another again and again. */
const mostValues = 100_000;
const deepest = 100;
