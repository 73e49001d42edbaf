import { isJsonObject } from "../../expression/json.ts";
import type { JsonataTemplate } from "../../expression/jsonata/template.ts";
import type { PayloadTemplate } from "../../expression/payload-template.ts";
import { characterCount } from "../diagnostics/character-count.ts";
import { failType, type Fields } from "./fields.ts";
import { jsonataField, type StatesScope } from "./jsonata-field.ts";
import { hasPlaceholder } from "../parse-context.ts";
import { payloadTemplateField } from "./payload-template-field.ts";
import { wording } from "../diagnostics/wording.ts";

/** Documented: variables, limits. */
export const maximumVariableNameLength = 80;

/** Spec: Unicode identifiers (UAX 31), without anything added to ID_Start. */
const variableName = /^\p{ID_Start}\p{ID_Continue}*$/u;

/** A compiled `Assign`, in the language of its state. */
export interface Assignment {
  readonly jsonpath?: PayloadTemplate;
  readonly jsonata?: JsonataTemplate;
}

/** The `Assign` field of a state, a choice rule or a catcher: its member names are variables of the graph. */
export function assignField(fields: Fields, scope: StatesScope = []): Assignment {
  const value = fields.value("Assign");
  if (value === undefined) return {};
  if (!isJsonObject(value)) {
    failType(fields, "Assign", "Object");
    return {};
  }
  for (const name of Object.keys(value)) {
    const isDynamic = fields.language === "JSONPath" && name.endsWith(".$");
    checkVariable(fields, isDynamic ? name.slice(0, -2) : name, `${fields.at("Assign")}/${name}`);
  }
  if (fields.language === "JSONata") {
    const jsonata = jsonataField(fields, "Assign", scope);
    return jsonata === undefined ? {} : { jsonata };
  }
  const jsonpath = payloadTemplateField(fields, "Assign");
  return jsonpath === undefined ? {} : { jsonpath };
}

function checkVariable(fields: Fields, name: string, location: string): void {
  const { diagnostics, graph } = fields.context;
  if (name === "states") {
    diagnostics.error(wording.reservedVariable, location, "RESERVED_VARIABLE_NAME");
  } else if (hasPlaceholder(fields.context, name)) {
    fields.context.assume();
  } else if (!variableName.test(name)) {
    diagnostics.error(wording.variableCharacters(name), location, "INVALID_VARIABLE_NAME");
  } else if (characterCount(name) > maximumVariableNameLength) {
    const message = wording.variableTooLong(name, maximumVariableNameLength);
    diagnostics.error(message, location, "INVALID_VARIABLE_NAME");
  } else {
    graph.scope.assign({ variable: name, state: fields.state, location });
  }
}
