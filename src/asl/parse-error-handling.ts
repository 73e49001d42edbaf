import { assignField } from "./fields/assign.ts";
import type { Catcher, ErrorHandling, Retrier } from "./definition.ts";
import {
  enumField,
  failType,
  numberField,
  objectsField,
  openInner,
  requireFields,
  stringField,
  type Fields,
  type FieldTable,
} from "./fields/fields.ts";
import { jsonataField } from "./fields/jsonata-field.ts";
import { nullable, resultPathField } from "./fields/path-fields.ts";
import { present } from "./fields/present.ts";
import { wording } from "./diagnostics/wording.ts";

/** Documented: the longest interval and the most attempts of a retrier. */
const maximumInterval = 99_999_999;
const maximumAttempts = 99_999_999;
/** Documented: the longest `MaxDelaySeconds`, a year. */
const maximumDelay = 31_622_400;

const retrierFields: FieldTable = {
  both: [
    "ErrorEquals",
    "IntervalSeconds",
    "MaxAttempts",
    "BackoffRate",
    "MaxDelaySeconds",
    "JitterStrategy",
    "Comment",
  ],
};

const catcherFields: FieldTable = {
  both: ["ErrorEquals", "Next", "Assign", "Comment"],
  JSONPath: ["ResultPath"],
  JSONata: ["Output"],
};

/** `Retry` and `Catch` of the state that is called `name`. */
export function parseErrorHandling(fields: Fields, name: string): ErrorHandling {
  const retriers = entries(fields, "Retry", retrierFields);
  const catchers = entries(fields, "Catch", catcherFields);
  return {
    Retry: retriers.flatMap((entry, index) => parseRetrier(entry, index === retriers.length - 1)),
    Catch: catchers.flatMap((entry, index) =>
      parseCatcher(entry, name, index === catchers.length - 1),
    ),
  };
}

function entries(fields: Fields, name: string, table: FieldTable): Fields[] {
  return objectsField(fields, name, true).map(({ object, location }) =>
    openInner(fields, object, location, table),
  );
}

function parseRetrier(fields: Fields, isLast: boolean): Retrier[] {
  const errors = errorEquals(fields, isLast);
  const jitter = enumField(fields, "JitterStrategy", ["NONE", "FULL"]);
  // Observed: the service accepts an interval of 0, although the documentation asks for a positive one.
  const interval = numberField(fields, "IntervalSeconds", { minimum: 0, maximum: maximumInterval });
  const attempts = numberField(fields, "MaxAttempts", { minimum: 0, maximum: maximumAttempts });
  const rate = numberField(fields, "BackoffRate", { minimum: 1, type: "Number" });
  const delay = numberField(fields, "MaxDelaySeconds", { minimum: 1, maximum: maximumDelay });
  stringField(fields, "Comment");
  if (errors === undefined) return [];
  return [
    {
      ErrorEquals: errors,
      IntervalSeconds: interval ?? 1,
      MaxAttempts: attempts ?? 3,
      BackoffRate: rate ?? 2,
      ...present({ MaxDelaySeconds: delay }),
      JitterStrategy: jitter ?? "NONE",
    },
  ];
}

function parseCatcher(fields: Fields, name: string, isLast: boolean): Catcher[] {
  const errors = errorEquals(fields, isLast, ["Next"]);
  const Next = stringField(fields, "Next");
  if (Next !== undefined) fields.context.graph.transitions.link(name, Next, fields.at("Next"));
  stringField(fields, "Comment");
  const assignment = assignField(fields, ["errorOutput"]);
  const parsed = present({
    ResultPath: nullable(fields, "ResultPath", resultPathField),
    Output: jsonataField(fields, "Output", ["errorOutput"]),
    Assign: assignment.jsonpath ?? assignment.jsonata,
  });
  return errors === undefined || Next === undefined
    ? []
    : [{ ErrorEquals: errors, Next, ...parsed }];
}

function errorEquals(
  fields: Fields,
  isLast: boolean,
  alsoRequired: readonly string[] = [],
): string[] | undefined {
  requireFields(fields, ["ErrorEquals", ...alsoRequired]);
  const value = fields.value("ErrorEquals");
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || !value.every((error) => typeof error === "string")) {
    failType(fields, "ErrorEquals", "Array");
    return undefined;
  }
  const errors = value as string[];
  if (errors.length === 0) fields.fail("ErrorEquals", wording.empty);
  if (errors.includes("States.ALL") && !(isLast && errors.length === 1)) {
    fields.fail("ErrorEquals", wording.statesAll);
  }
  return errors;
}
