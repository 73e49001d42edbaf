import { numberOf } from "../../expression/exact-number.ts";
import type { TaskResource } from "../../asl/resources/resource.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../expression/json.ts";
import {
  type ModelShape,
  packedModel,
  type PackedModel,
} from "../../integrations/aws/packed-models.ts";
import { errors } from "../errors/errors.ts";
import type { InputOf } from "../model/service-model.ts";
import { capitalised, mockedOperation, type MockedOperation } from "./mocked-operation.ts";

type Mode = NonNullable<NonNullable<InputOf<"TestState">["mock"]>["fieldValidationMode"]>;

/**
 * Refuses a mocked result that the called API could not answer.
 *
 * Documented: STRICT wants every required member, STRICT and PRESENT check those that are there, NONE checks nothing.
 * Observed: the wordings, and that members which the API does not have are not minded.
 */
export async function checkResultFields(
  resource: TaskResource,
  result: JsonValue,
  mode: Mode,
): Promise<void> {
  const mocked = mode === "NONE" ? undefined : mockedOperation(resource);
  if (mocked === undefined) return;
  const service = await packedModel("results", mocked.service);
  if (service === undefined || !Object.hasOwn(service.operations, mocked.operation)) return;
  const name = service.operations[mocked.operation];
  if (typeof name === "string") check({ service, mocked, mode }, name, result, "");
}

interface Check {
  readonly service: PackedModel;
  readonly mocked: MockedOperation;
  readonly mode: Mode;
}

function check(context: Check, shapeName: string, value: JsonValue, field: string): void {
  const shape = context.service.shapes[shapeName] as ModelShape;
  switch (shape.type) {
    case "structure":
      if (!isJsonObject(value)) throw wrongType(field, "a JSON object");
      checkStructure(context, shape, value);
      return;
    case "list":
      if (!isJsonArray(value)) throw wrongType(field, "an array");
      for (const item of value) check(context, shape.member as string, item, field);
      return;
    case "map":
      if (!isJsonObject(value)) throw wrongType(field, "a JSON object");
      for (const member of Object.values(value)) {
        check(context, shape.value as string, member, field);
      }
      return;
    case "boolean":
      if (typeof value !== "boolean") throw wrongType(field, "a boolean");
      return;
    case "integer":
    case "long":
    case "float":
    case "double":
      checkNumber(shape, value, field);
      return;
    case "document":
      return;
    default:
      checkText(shape, value, field);
  }
}

function checkStructure(context: Check, shape: ModelShape, value: JsonObject): void {
  const members = new Map(
    Object.entries(shape.members ?? {}).map(([name, inner]) => [shownName(context, name), inner]),
  );
  if (context.mode === "STRICT") {
    for (const name of shape.required ?? []) {
      const shown = shownName(context, name);
      if (ownMember(value, shown) === undefined) {
        throw refused(`Required field '${shown}' is missing`);
      }
    }
  }
  for (const [name, member] of Object.entries(value)) {
    const inner = members.get(name);
    if (inner === undefined || context.mocked.documents.includes(name)) continue;
    check(context, inner, member, name);
  }
}

function checkNumber(shape: ModelShape, given: JsonValue, field: string): void {
  const value = numberOf(given);
  if (value === undefined) throw wrongType(field, "a number");
  if (shape.max !== undefined && value > shape.max) {
    throw refused(`Field '${field}' exceeds the maximum value`);
  }
  if (shape.min !== undefined && value < shape.min) {
    throw refused(`Field '${field}' is less than the minimum value`);
  }
}

/** Observed: timestamps and blobs are strings too. Our wording: a text that is too long. */
function checkText(shape: ModelShape, value: JsonValue, field: string): void {
  if (typeof value !== "string") throw wrongType(field, "a string");
  if (shape.enum !== undefined && !shape.enum.includes(value)) {
    throw refused(`Field '${field}' is not an expected value`);
  }
  if (shape.min !== undefined && value.length < shape.min) {
    throw refused(`Field '${field}' is smaller than the minimum length`);
  }
  if (shape.max !== undefined && value.length > shape.max) {
    throw refused(`Field '${field}' exceeds the maximum length`);
  }
}

/**
 * The name that a state knows a member by: it begins with a capital, and in SDK integrations words have only that one
 * (`SSEKMSKeyId` is `SsekmsKeyId`). Documented: AWS SDK service integrations.
 */
function shownName({ mocked }: Check, name: string): string {
  if (!mocked.renamesMembers) return capitalised(name);
  return name
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .split(" ")
    .map((word) => capitalised(word.toLowerCase()))
    .join("");
}

function wrongType(field: string, type: string): Error {
  return field === ""
    ? errors.validation(`Mocked result must be ${type}.`)
    : refused(`Field '${field}' must be ${type}`);
}

function refused(message: string): Error {
  return errors.validation(`Mock result schema validation error: ${message}`);
}
