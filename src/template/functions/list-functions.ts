import { isJsonArray, type JsonValue } from "../../expression/json.ts";
import { cidr } from "./cidr.ts";
import type { IntrinsicFunction } from "./evaluation.ts";
import { isPending } from "./is-function.ts";
import { scalarText } from "./scalar-text.ts";

/** The functions of lists. */
export const listFunctions: { readonly [name: string]: IntrinsicFunction } = {
  "Fn::Select": (argument, evaluation, path) => {
    if (!isJsonArray(argument) || argument.length !== 2)
      return evaluation.fail(selectParameters, path);
    const [index, list] = argument.map((item, at) => evaluation.evaluate(item, [...path, at]));
    if (index === undefined || list === undefined) return evaluation.fail(selectParameters, path);
    if (isPending(index)) return { "Fn::Select": [index, list] };
    const text = scalarText(index) ?? "";
    if (!/^\d+$/.test(text)) return evaluation.fail(selectParameters, path);
    if (!isJsonArray(list)) {
      return isPending(list)
        ? { "Fn::Select": [index, list] }
        : evaluation.fail(selectParameters, path);
    }
    return (
      list[Number(text)] ??
      evaluation.fail(
        `Template error: Fn::Select cannot select nonexistent value at index ${text}`,
        path,
      )
    );
  },

  "Fn::Split": (argument, evaluation, path) => {
    if (!isJsonArray(argument) || argument.length !== 2 || typeof argument[0] !== "string") {
      return evaluation.fail(splitParameters, path);
    }
    const source = evaluation.evaluate(argument[1] as JsonValue, [...path, 1]);
    if (source !== undefined && isPending(source)) return { "Fn::Split": [argument[0], source] };
    const text = scalarText(source);
    if (text === undefined || argument[0] === "") return evaluation.fail(splitParameters, path);
    return text.split(argument[0]);
  },

  // Documented: of the language extensions. Our choice: also without the transform being named.
  "Fn::Length": (argument, evaluation, path) => {
    const list = evaluation.evaluate(argument, path);
    if (list !== undefined && isJsonArray(list)) return list.length;
    if (list !== undefined && isPending(list)) return { "Fn::Length": list };
    return evaluation.fail(
      "Template error: every Fn::Length object must have a list as its value.",
      path,
    );
  },

  "Fn::Cidr": (argument, evaluation, path) => {
    if (!isJsonArray(argument) || argument.length < 2 || argument.length > 3) {
      return evaluation.fail(cidrParameters, path);
    }
    const parts = argument.map((item, at) => evaluation.evaluate(item, [...path, at]) ?? null);
    if (parts.some(isPending)) return { "Fn::Cidr": parts };
    const [block, count, bits] = parts.map((part) => scalarText(part) ?? "");
    // Documented: 6 bits by default where the third one is absent.
    const blocks = cidr(block ?? "", Number(count), bits === undefined ? 6 : Number(bits));
    return blocks ?? evaluation.fail(cidrParameters, path);
  },
};

const selectParameters =
  "Template error: Fn::Select requires a list argument with two elements: an integer index and a list";
const splitParameters =
  "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be split or a function that returns a string to be split.";
const cidrParameters =
  "Template error: every Fn::Cidr object requires two parameters, (1) a CIDR block and (2) a count between 1 and 256, and an optional third one, the number of subnet bits";
