import { hashText } from "../../intrinsics/hash-functions.ts";
import { parseJson } from "../../parse-json.ts";
import { jsonataError } from "../jsonata-error.ts";
import { asSequence, isItems, type Value } from "../value.ts";
import { define, type Definitions } from "./definition.ts";
import { javaRandom } from "./java-random.ts";

/**
 * The functions that Step Functions adds to JSONata, and `$random`, which it gives a seed. *Documented.*
 *
 * Numbers are rounded towards zero; what makes no sense as an argument mostly gives nothing. *Observed*
 * (measured on AWS by the authors of other emulators).
 */
export const awsFunctions: Definitions = {
  partition: define("<an?:a>", 2, ([items, size], run) => {
    if (!isItems(items) || items.length === 0) return undefined;
    const length = size === undefined ? items.length : Math.trunc(size as number);
    if (length < 0) {
      throw jsonataError("D3137", { message: "Second argument must be zero or greater" });
    }
    if (!(length > 0)) return undefined;
    run.spend(items.length);
    const parts: Value[] = [];
    for (let start = 0; start < items.length; start += length) {
      parts.push(items.slice(start, start + length));
    }
    return parts;
  }),

  range: define("<nnn?:a>", 3, ([first, last, step], run) => {
    if (typeof first !== "number" || typeof last !== "number" || typeof step !== "number") {
      return undefined;
    }
    const start = Math.trunc(first);
    const by = Math.trunc(step);
    const steps = Math.floor((Math.trunc(last) - start) / by);
    if (by === 0 || !(steps >= 0)) return undefined;
    run.spendItems(steps + 1);
    return asSequence(Array.from({ length: steps + 1 }, (_, index) => start + index * by));
  }),

  hash: define("<s-s?:s>", 2, ([text, algorithm], run) => {
    if (typeof text !== "string" || typeof algorithm !== "string") return undefined;
    run.spend(stepsPerHash + text.length);
    const digest = hashText(text, algorithm);
    if (digest === undefined) {
      throw jsonataError("D3137", { message: `Unknown hash algorithm: ${algorithm}` });
    }
    return digest;
  }),

  /** Without a seed it draws from the activation; a seed gives the number that it gives on AWS. */
  random: define("<n?:n>", 1, ([seed], run) => {
    run.spend(stepsPerDraw);
    return typeof seed === "number" ? javaRandom(seed) : run.environment.random.next();
  }),

  uuid: define("<:s>", 0, (_, run) => {
    run.spend(stepsPerDraw);
    return run.environment.random.uuid();
  }),

  parse: define("<s?:x>", 1, ([text], run) => {
    if (typeof text !== "string") return undefined;
    run.spendParse(text.length);
    return parsed(text);
  }),
};

/** A random number and a UUID take about a microsecond, a hash two at least. */
const stepsPerDraw = 10;
const stepsPerHash = 25;

/** Observed: the whole number -0 is read as 0. Strings are passed over; `1e-0` and `-0.0` are other numbers. */
const negativeZero = /"[^"\\]*(?:\\.[^"\\]*)*"|(?<![eE])-0(?![\d.eE])/g;

function parsed(text: string): Value {
  try {
    return parseJson(
      text.replaceAll(negativeZero, (token) => (token === "-0" ? "0" : token)),
    ) as Value;
  } catch {
    // Reported below, like a document that is nested too deeply.
  }
  throw jsonataError("D3137", { message: "The argument of the parse function is not valid JSON" });
}
