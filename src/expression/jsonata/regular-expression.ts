import { RE2JS } from "re2js";
import { ExpressionSyntaxError } from "../evaluation.ts";
import type { Run } from "./run.ts";

/** A match: where it is, and what its groups matched. */
export interface RegexMatch {
  readonly text: string;
  readonly start: number;
  readonly groups: readonly (string | undefined)[];
}

/** A regular expression that takes linear time. */
export interface RegularExpression {
  /** The first match that begins at `from` or later. */
  find(text: string, from: number, run: Run): RegexMatch | undefined;
}

/**
 * Compiles a JavaScript regular expression for the linear-time engine.
 *
 * Look-around and back-references cannot be had in linear time and are refused, as are repetitions of more
 * than 1,000. A character outside the basic plane is one character, not two. *Our choice*.
 */
export function compileRegularExpression(source: string, flags: string): RegularExpression {
  const options =
    (flags.includes("i") ? RE2JS.CASE_INSENSITIVE : 0) |
    (flags.includes("m") ? RE2JS.MULTILINE : 0);
  const pattern = compile(source, options);
  // The engine may follow every instruction of its program for each character.
  const stepsPerCharacter = (12 + pattern.programSize()) / 12;
  return {
    find(text, from, run) {
      run.spend(stepsPerSearch);
      const metered: unknown = new MeteredText(text, stepsPerCharacter, run);
      const matcher = pattern.matcher(metered as string);
      if (from > text.length || !matcher.find(from)) return undefined;
      const groupText = (group: number): string | undefined => {
        const start = matcher.start(group);
        return start < 0 ? undefined : text.slice(start, matcher.end(group));
      };
      const groups: (string | undefined)[] = [];
      for (let group = 1; group <= matcher.groupCount(); group++) groups.push(groupText(group));
      return { text: groupText(0) as string, start: matcher.start(), groups };
    },
  };
}

function compile(source: string, options: number): RE2JS {
  try {
    return RE2JS.compile(asJavaScriptMeans(RE2JS.translateRegExp(source)), options);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    throw new ExpressionSyntaxError(`Unsupported regular expression /${source}/: ${reason}`);
  }
}

/** JavaScript's `.` stops at four line terminators, and its `\s` knows Unicode's spaces. */
function asJavaScriptMeans(pattern: string): string {
  let result = "";
  let inClass = false;
  for (let index = 0; index < pattern.length; index++) {
    const unit = pattern.charAt(index);
    if (unit === "\\") {
      const escaped = pattern.charAt(++index);
      if (escaped === "s") result += inClass ? spaces : `[${spaces}]`;
      else if (escaped === "S" && !inClass) result += `[^${spaces}]`;
      else result += unit + escaped;
      continue;
    }
    if (unit === "[") inClass = true;
    else if (unit === "]") inClass = false;
    result += unit === "." && !inClass ? "[^\\n\\r\\x{2028}\\x{2029}]" : unit;
  }
  return result;
}

const spaces =
  "\\t-\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}\\x{3000}\\x{feff}";

/**
 * The text that is searched, which charges the evaluation for each character that the engine reads: a search
 * is linear, but a pattern may read to the end of the text for each of many matches.
 */
class MeteredText extends String {
  readonly #text: string;
  readonly #stepsPerCharacter: number;
  readonly #run: Run;

  constructor(text: string, stepsPerCharacter: number, run: Run) {
    super(text);
    this.#text = text;
    this.#stepsPerCharacter = stepsPerCharacter;
    this.#run = run;
  }

  override charCodeAt(index: number): number {
    this.#run.spend(this.#stepsPerCharacter);
    return this.#text.charCodeAt(index);
  }

  override indexOf(sought: string, from = 0): number {
    const found = this.#text.indexOf(sought, from);
    const end = found < 0 ? this.#text.length : found;
    this.#run.spend(Math.max(0, end - from) / charactersPerStep);
    return found;
  }
}

/** Setting up a search takes a microsecond or two. */
const stepsPerSearch = 25;

/** How many characters are looked through for a fixed string in one step. */
const charactersPerStep = 32;
