import { isNestedDeeperThan } from "../../expression/json-depth.ts";
import type { EventPattern, PatternField, PatternWay } from "./event-pattern.ts";
import { InvalidEventPattern } from "./invalid-event-pattern.ts";
import { parseComparisons } from "./parse-comparisons.ts";
import { PatternTokens } from "./pattern-tokens.ts";

/**
 * Reads an event pattern. Throws an {@link InvalidEventPattern} with AWS's words.
 *
 * Objects are looked into and lists say what a value may be; a name with dots is the same as objects in each other; the last of two
 * lists for one field counts. *Documented*: EventBridge, comparison operators; Event Ruler's README, for what the former leaves open.
 */
export function parsePattern(text: string): EventPattern {
  if (isNestedDeeperThan(text, deepest)) throw new InvalidEventPattern("Rule is nested too deeply");
  const tokens = new PatternTokens(text);
  if (tokens.next().type !== "{") tokens.refuse("Filter is not an object");
  const compiler = new Compiler(tokens);
  return { text, ways: compiler.object([new Map()], "", false).map(inOrder) };
}

/** Our choice: far more than anybody writes, far less than the stack takes. */
const deepest = 100;

/** Our choice: the longest pattern that EventBridge takes. The names of a field are looked for dot by dot. */
const longestName = 4096;

/** *Documented*: quotas of EventBridge, combinations that the `$or` of one pattern may come to. */
const mostWays = 1000;

/** Our choice: how many stars the wildcards of a pattern may have, so that a long text takes milliseconds. */
const mostStars = 64;

/** *Documented*: names that cannot be fields in an `$or`, where they would be mistakes. */
const reserved: ReadonlySet<string> = new Set([
  "exactly",
  "equals-ignore-case",
  "prefix",
  "suffix",
  "anything-but",
  "exists",
  "wildcard",
  "numeric",
  "cidr",
  "=",
  "<",
  "<=",
  ">",
  ">=",
  "regex",
  "not-wildcard",
  "not-equals-ignore-case",
  "date-after",
  "date-on-or-after",
  "date-before",
  "date-on-or-before",
  "in-date-range",
  "ip-address-in-range",
  "ip-address-not-in-range",
]);

/** The fields of a way by their names, while it is being made. */
type Fields = ReadonlyMap<string, PatternField>;

class Compiler {
  readonly #tokens: PatternTokens;
  #stars = 0;

  constructor(tokens: PatternTokens) {
    this.#tokens = tokens;
  }

  /** The members of an object, whose brace has been read, in addition to each of the ways. */
  object(ways: readonly Fields[], path: string, isInOr: boolean): readonly Fields[] {
    let result = ways;
    let isEmpty = true;
    while (this.#tokens.next().type !== "}") {
      isEmpty = false;
      const { text: name } = this.#tokens.current;
      result = name === "$or" ? this.#or(result, path) : this.#member(result, path, name, isInOr);
    }
    if (isEmpty) this.#tokens.refuse("Empty objects are not allowed");
    return result;
  }

  #member(ways: readonly Fields[], path: string, name: string, isInOr: boolean): readonly Fields[] {
    if (isInOr && reserved.has(name)) {
      this.#tokens.refuse(`${name} is Ruler reserved fieldName which cannot be used inside $or.`);
    }
    const full = path === "" ? name : `${path}.${name}`;
    if (full.length > longestName)
      throw new InvalidEventPattern("Rule has a name that is too long");
    const { type } = this.#tokens.next();
    if (type === "{") return this.object(ways, full, isInOr);
    if (type !== "[") this.#tokens.refuse(`"${name}" must be an object or an array`);
    const field = this.#field(full);
    return ways.map((way) => new Map(way).set(full, field));
  }

  #field(name: string): PatternField {
    const { comparisons, mayBeAbsent, stars } = parseComparisons(this.#tokens);
    this.#stars += stars;
    if (this.#stars > mostStars) {
      // Observed: the words of AWS, whose own bound is another.
      throw new InvalidEventPattern(
        "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character",
      );
    }
    return { name, comparisons, mayBeAbsent };
  }

  #or(ways: readonly Fields[], path: string): readonly Fields[] {
    if (this.#tokens.next().type !== "[") {
      this.#tokens.refuse("It must be an Array followed with $or.");
    }
    const result: Fields[] = [];
    let count = 0;
    while (this.#tokens.next().type !== "]") {
      count++;
      if (this.#tokens.current.type !== "{") {
        this.#tokens.refuse("Only JSON object is allowed in array of $or relationship.");
      }
      result.push(...this.object(ways, path, true));
      if (result.length > mostWays) {
        throw new InvalidEventPattern(
          `Rule is too complex - $or makes more than ${mostWays} combinations`,
        );
      }
    }
    if (count < 2) {
      this.#tokens.refuse("There must have at least 2 Objects in $or relationship.");
    }
    return result;
  }
}

function inOrder(fields: Fields): PatternWay {
  return [...fields.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
