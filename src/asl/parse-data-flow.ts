import { assignField } from "./fields/assign.ts";
import type { DataFlow } from "./definition.ts";
import type { Fields } from "./fields/fields.ts";
import { jsonataField, type StatesScope } from "./fields/jsonata-field.ts";
import { nullable, pathField, resultPathField } from "./fields/path-fields.ts";
import { payloadTemplateField } from "./fields/payload-template-field.ts";
import { present } from "./fields/present.ts";

/** How the states differ in their input and output. */
export interface DataFlowOptions {
  /** What JSONata's `Output` and `Assign` may read of `$states` beside `input` and `context`. */
  readonly scope?: StatesScope;
  /** Whether `Parameters` is the old name of a Map's `ItemSelector`, and so not read here. */
  readonly parametersAreItemSelector?: boolean;
}

/** The input and output fields of a state, those that its table allows. */
export function parseDataFlow(fields: Fields, options: DataFlowOptions = {}): DataFlow {
  if (fields.language === "JSONata") {
    return {
      QueryLanguage: "JSONata",
      ...present({
        Arguments: jsonataField(fields, "Arguments"),
        Output: jsonataField(fields, "Output", options.scope),
        Assign: assignField(fields, options.scope).jsonata,
      }),
    };
  }
  return {
    QueryLanguage: "JSONPath",
    ...present({
      InputPath: nullable(fields, "InputPath", pathField),
      Parameters: options.parametersAreItemSelector
        ? undefined
        : payloadTemplateField(fields, "Parameters"),
      ResultSelector: payloadTemplateField(fields, "ResultSelector"),
      ResultPath: nullable(fields, "ResultPath", resultPathField),
      OutputPath: nullable(fields, "OutputPath", pathField),
      Assign: assignField(fields).jsonpath,
    }),
  };
}
