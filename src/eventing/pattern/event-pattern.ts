import type { JsonValue } from "../../expression/json.ts";

/** A pattern that is compiled: an event matches if it does so in one of the ways. */
export interface EventPattern {
  readonly text: string;
  /** More than one only where there is an `$or`. */
  readonly ways: readonly PatternWay[];
}

/** All of these fields have to match; in the order of their names. */
export type PatternWay = readonly PatternField[];

/** What a field of the event may be. */
export interface PatternField {
  /** The names from the event to the value, joined by dots: `detail.state`. */
  readonly name: string;
  /** One of these has to hold for the field's value. */
  readonly comparisons: readonly Comparison[];
  /** `{ "exists": false }` is among the comparisons: the field may also be absent. */
  readonly mayBeAbsent: boolean;
}

/** Whether a value that is neither an object nor an array is as an element of the pattern says. */
export type Comparison = (value: JsonValue) => boolean;
