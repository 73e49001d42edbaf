import {
  isJsonArray,
  isJsonObject,
  ownMember,
  setMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { at } from "../reading/check-structure.ts";
import type { Template, TemplatePath } from "../template.ts";
import { conditionFunctions } from "./condition-functions.ts";
import type { Evaluation, IntrinsicFunction } from "./evaluation.ts";
import { functionCall } from "./is-function.ts";
import { listFunctions } from "./list-functions.ts";
import { lookUpFunctions } from "./look-up-functions.ts";
import type { References } from "./references.ts";
import { sub } from "./sub.ts";
import { textFunctions } from "./text-functions.ts";

/** Every function that may stand in a value. Documented: "Intrinsic function reference". */
const functions: { readonly [name: string]: IntrinsicFunction } = {
  ...lookUpFunctions,
  ...conditionFunctions,
  ...textFunctions,
  ...listFunctions,
  "Fn::Sub": sub,
};

/**
 * A value with its functions evaluated; `undefined` is `AWS::NoValue`.
 *
 * What depends on a resource that was not made yet stays a function, its known parts evaluated.
 */
export function evaluate(
  value: JsonValue,
  references: References,
  template: Template,
  path: TemplatePath,
): JsonValue | undefined {
  return new Evaluator(references, template).evaluate(value, path);
}

class Evaluator implements Evaluation {
  readonly references: References;
  readonly #template: Template;

  constructor(references: References, template: Template) {
    this.references = references;
    this.#template = template;
  }

  evaluate(value: JsonValue, path: TemplatePath): JsonValue | undefined {
    if (isJsonArray(value)) return this.#list(value, path);
    if (!isJsonObject(value)) return value;
    const call = functionCall(value);
    return call ? this.#call(call.name, call.argument, path) : this.#object(value, path);
  }

  fail(message: string, path: TemplatePath): never {
    throw at(this.#template, path, message);
  }

  #call(name: string, argument: JsonValue, path: TemplatePath): JsonValue | undefined {
    const intrinsic = ownFunction(name);
    if (intrinsic === undefined) {
      return this.fail(`Template format error: Unrecognized function: ${name}`, path);
    }
    return intrinsic(argument, this, [...path, name]);
  }

  #list(items: readonly JsonValue[], path: TemplatePath): JsonValue {
    return items.flatMap((item, index) => {
      const value = this.evaluate(item, [...path, index]);
      // Wrapped, since `flatMap` would take a list in a list apart.
      return value === undefined ? [] : [value];
    });
  }

  #object(object: JsonObject, path: TemplatePath): JsonValue {
    const evaluated: Record<string, JsonValue> = {};
    for (const [name, member] of Object.entries(object)) {
      const value = this.evaluate(member, [...path, name]);
      if (value !== undefined) setMember(evaluated, name, value);
    }
    return evaluated;
  }
}

function ownFunction(name: string): IntrinsicFunction | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}

/** A member of the template's section that is an object; an empty one if there is none. */
export function sectionOf(template: Template, name: string): JsonObject {
  const section = ownMember(template.sections, name);
  return isJsonObject(section) ? section : {};
}
