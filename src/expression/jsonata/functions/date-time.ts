import { jsonataError } from "../jsonata-error.ts";
import { maxPictureBacktracking } from "../limits.ts";
import { callPackage } from "../package-functions.ts";
import type { Run } from "../run.ts";
import type { Value } from "../value.ts";
import { define, type Definitions } from "./definition.ts";
import { checkFinite, checkPicture, checkWidths } from "./picture.ts";
import { ambiguity } from "./picture-ambiguity.ts";

/** The time is that of the activation, however often it is asked for. */
export const dateTimeFunctions: Definitions = {
  now: define("<s?s?:s>", 2, ([picture, zone], run) =>
    formatTime(run.environment.now, picture, zone, run),
  ),

  millis: define("<:n>", 0, (_, run) => run.environment.now),

  fromMillis: define("<n-s?s?:s>", 3, ([time, picture, zone], run) =>
    typeof time === "number" ? formatTime(time, picture, zone, run) : undefined,
  ),

  toMillis: define("<s-s?:n>", 2, ([text, picture], run) => {
    if (typeof text !== "string") return undefined;
    return typeof picture === "string" ? parseByPicture(text, picture, run) : parseIso(text, run);
  }),
};

function formatTime(time: number, picture: Value, zone: Value, run: Run): string {
  checkFinite(time);
  run.spend(stepsPerFormat);
  if (typeof picture === "string") {
    checkPicture(picture, run);
    checkWidths(picture);
  }
  return callPackage("fromMillis", [time, picture, zone]) as string;
}

/** Even the standard format takes some microseconds. */
const stepsPerFormat = 45;
const stepsPerIsoParse = 10;
/** Parsing by a picture makes a regular expression each time. */
const stepsPerParse = 150;

function parseByPicture(text: string, picture: string, run: Run): Value {
  checkPicture(picture, run);
  checkWidths(picture);
  const ways = ambiguity(picture, text.length);
  run.spend(stepsPerParse + text.length + ways / 8);
  if (ways > maxPictureBacktracking) {
    throw jsonataError("D3137", {
      message: "The picture string leaves too many ways to read the timestamp",
    });
  }
  return callPackage("toMillis", [text, picture], run.environment.now) as Value;
}

/** ISO 8601, a year at least. Without an offset it is UTC. *Our choice*: the package takes the local time. */
function parseIso(text: string, run: Run): number {
  run.spend(stepsPerIsoParse);
  run.spendCharacters(text.length);
  const pattern =
    /^\d{4}(-[01]\d)?(-[0-3]\d)?(T[0-2]\d:[0-5]\d:[0-5]\d)?(\.\d+)?([+-][0-2]\d:?[0-5]\d|Z)?$/;
  const parts = pattern.exec(text);
  const isLocal = parts !== null && parts[3] !== undefined && parts[5] === undefined;
  const time = parts === null ? NaN : Date.parse(isLocal ? `${text}Z` : text);
  if (Number.isNaN(time)) throw jsonataError("D3110", { value: text });
  return time;
}
