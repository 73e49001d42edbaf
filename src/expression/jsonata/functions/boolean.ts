import { isTruthy, toBoolean } from "../coercion.ts";
import { define, type Definitions } from "./definition.ts";

export const booleanFunctions: Definitions = {
  boolean: define("<x-:b>", 1, ([value], run) => toBoolean(value, run)),
  not: define("<x-:b>", 1, ([value], run) =>
    value === undefined ? undefined : !isTruthy(value, run),
  ),
  exists: define("<x:b>", 1, ([value]) => value !== undefined),
};
