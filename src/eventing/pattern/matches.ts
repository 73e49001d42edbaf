import {
  isJsonArray,
  isJsonObject,
  type JsonArray,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import type { EventPattern, PatternField, PatternWay } from "./event-pattern.ts";

/**
 * Whether an event is as a pattern says.
 *
 * A list in the event stands for each of its elements, but what is matched in objects of one list has to be matched in one and the same
 * of them. `exists` is about values: an object or an empty list is not one. *Documented*: Event Ruler, JSON array matching.
 * The event should come from `parseJson`, so that its long integers are what was written.
 */
export function matches(pattern: EventPattern, event: JsonObject): boolean {
  const search = new Search(event);
  return pattern.ways.some((way) => search.finds(way));
}

/**
 * Our choice: how many values of an event are looked at for one pattern, lest a thread stand still for longer than half a second. An event with long lists in lists and a pattern of
 * a thousand ways could take more; such a one does not match.
 */
const mostSteps = 300_000;

/** A field that is looked for in a value. */
interface Wanted {
  readonly field: PatternField;
  /** The names that are still to go, joined by dots; `undefined`: the value itself is the field's. */
  readonly rest: string | undefined;
  /** What would do: a value that one of the comparisons holds for, its absence, or either. */
  readonly by: "value" | "absence" | "either";
}

/** Looks for the ways of one pattern in one event. */
class Search {
  readonly #event: JsonObject;
  readonly #found = new Map<PatternField, boolean>();
  #steps = 0;
  /** Whether a list of more than plain values was on the way to any field. */
  #hasLists = false;

  constructor(event: JsonObject) {
    this.#event = event;
  }

  finds(way: PatternWay): boolean {
    // Each field by itself first: ways share fields, and that is all for an event without lists of objects.
    if (!way.every((field) => field.mayBeAbsent || this.#findsField(field))) return false;
    const isSettled = !this.#hasLists && !way.some(({ mayBeAbsent }) => mayBeAbsent);
    return isSettled || this.#holds(this.#event, way.map(wantedOf));
  }

  #findsField(field: PatternField): boolean {
    let isFound = this.#found.get(field);
    if (isFound === undefined) {
      isFound = this.#holds(this.#event, [wantedOf(field)]);
      this.#found.set(field, isFound);
    }
    return isFound;
  }

  #holds(value: JsonValue, wanted: readonly Wanted[]): boolean {
    if (++this.#steps > mostSteps) return false;
    if (isJsonArray(value)) return this.#holdsInList(value, wanted);
    if (isJsonObject(value)) return this.#holdsInObject(value, wanted);
    return wanted.every(({ field, rest, by }) =>
      rest === undefined
        ? by !== "absence" && field.comparisons.some((is) => is(value))
        : by !== "value",
    );
  }

  #holdsInObject(object: JsonObject, wanted: readonly Wanted[]): boolean {
    const [first, second] = wanted;
    if (first !== undefined && second === undefined) return this.#holdsField(object, first);
    const inMembers = new Map<string, Wanted[]>();
    for (const each of wanted) {
      const steps = stepsInto(object, each);
      const [only] = steps;
      if (only === undefined) {
        if (each.by === "value") return false;
      } else if (steps.length === 1) {
        const known = inMembers.get(only.member);
        if (known === undefined) inMembers.set(only.member, [only]);
        else known.push(only);
      } else if (!this.#holdsInOne(object, steps)) return false;
    }
    for (const [member, inner] of inMembers) {
      if (!this.#holds(object[member] as JsonValue, inner)) return false;
    }
    return true;
  }

  #holdsField(object: JsonObject, wanted: Wanted): boolean {
    const steps = stepsInto(object, wanted);
    return steps.length === 0 ? wanted.by !== "value" : this.#holdsInOne(object, steps);
  }

  /**
   * A name with dots and objects in each other are there at once, and mean the same field: it has the values of both.
   * Our choice: which of them is taken does not have to agree with lists around other fields.
   */
  #holdsInOne(object: JsonObject, steps: readonly Step[]): boolean {
    const holds = (step: Step): boolean => this.#holds(object[step.member] as JsonValue, [step]);
    const [only, second] = steps;
    if (only !== undefined && second === undefined) return holds(only);
    return (
      (only?.by !== "value" && steps.every((step) => holds(absent(step)))) ||
      (only?.by !== "absence" && steps.some((step) => holds(present(step))))
    );
  }

  /**
   * What has to be absent is looked for in all elements as long as no element is chosen, and then in that one: Event Ruler goes through
   * the fields in the order of their names.
   */
  #holdsInList(list: JsonArray, wanted: readonly Wanted[]): boolean {
    this.#hasLists ||= list.some((item) => isJsonObject(item) || isJsonArray(item));
    for (const [index, each] of wanted.entries()) {
      if (each.by !== "value" && this.#isAbsent(list, each)) continue;
      if (each.by === "absence") return false;
      const inOne = [present(each), ...wanted.slice(index + 1)];
      return list.some((item) => this.#holds(item, inOne));
    }
    return true;
  }

  #isAbsent(list: JsonArray, wanted: Wanted): boolean {
    const nowhere = [absent(wanted)];
    return list.every((item) => this.#holds(item, nowhere));
  }
}

interface Step extends Wanted {
  readonly member: string;
}

/** The members of an object through which a name may go on: `a.b` through `a`, and `a.b` itself. */
function stepsInto(object: JsonObject, { field, rest: name, by }: Wanted): readonly Step[] {
  if (name === undefined) return [];
  const steps: Step[] = [];
  for (let dot = name.indexOf("."); dot !== -1; dot = name.indexOf(".", dot + 1)) {
    const member = name.slice(0, dot);
    if (ownMember(object, member) !== undefined) {
      steps.push({ field, member, rest: name.slice(dot + 1), by });
    }
  }
  if (ownMember(object, name) !== undefined) {
    steps.push({ field, member: name, rest: undefined, by });
  }
  return steps;
}

function wantedOf(field: PatternField): Wanted {
  const isAbsenceOnly = field.comparisons.length === 0;
  const by = isAbsenceOnly ? "absence" : field.mayBeAbsent ? "either" : "value";
  return { field, rest: field.name, by };
}

function absent<T extends Wanted>(wanted: T): T {
  return { ...wanted, by: "absence" };
}

function present<T extends Wanted>(wanted: T): T {
  return { ...wanted, by: "value" };
}
