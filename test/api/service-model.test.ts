import * as sdk from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";
import { operations } from "../../src/service/operations.ts";
import {
  serviceModel,
  type OperationModel,
  type OperationName,
} from "../../src/service/model/service-model.ts";
import type { Member, Members } from "../../src/service/model/member.ts";

/**
 * The SDK ships its model as schemas: `[kind, namespace, name, traits, …]`. 9 is an operation (input, output), 3 a
 * structure (member names, member schemas, number of required members, which come first), 1 a list (member schema).
 */
type Schema = readonly unknown[];

const operationKind = 9;
const errorKind = -3;
const structureKind = 3;
const listKind = 1;
const simpleKind = 0;
const sensitiveTrait = 8;

function resolve(schema: unknown): unknown {
  return typeof schema === "function" ? resolve((schema as () => unknown)()) : schema;
}

/** A member's schema may come with traits: `[schema, traits]`. */
function memberSchema(schema: unknown): unknown {
  const resolved = resolve(schema);
  if (Array.isArray(resolved) && resolved.length === 2) return memberSchema(resolved[0]);
  return resolved;
}

const schemas = Object.values<unknown>(sdk).filter((value): value is Schema =>
  Array.isArray(value),
);
const sdkOperations = schemas.filter(([kind]) => kind === operationKind);

function inputSchema(operation: Schema): Schema {
  return resolve(operation[4]) as Schema;
}

function errorNames(): string[] {
  return schemas.filter(([kind]) => kind === errorKind).map((schema) => schema[2] as string);
}

/** The type names of a structure's members by their names; nested structures in full. */
function shapeOfSchema(schema: Schema): object {
  const names = schema[4] as string[];
  const members = schema[5] as unknown[];
  const required = (schema[6] as number | undefined) ?? 0;
  return Object.fromEntries(
    names.map((name, index) => [
      index < required ? `${name}*` : name,
      typeOfSchema(memberSchema(members[index])),
    ]),
  );
}

function typeOfSchema(schema: unknown): unknown {
  if (typeof schema === "number") {
    // Lists of simple values are a flag over the value's own number.
    if ((schema & 64) !== 0 && schema < 128) return [typeOfSchema(schema & ~64)];
    return { 0: "string", 1: "number", 2: "boolean" }[schema] ?? `schema ${schema}`;
  }
  const [kind] = schema as Schema;
  // A nested structure has the name that validation errors show.
  if (kind === structureKind) {
    return { [(schema as Schema)[2] as string]: shapeOfSchema(schema as Schema) };
  }
  if (kind === listKind) return [typeOfSchema(memberSchema((schema as Schema)[4]))];
  if (kind === simpleKind) {
    const type = typeOfSchema(memberSchema((schema as Schema)[4]));
    return (schema as Schema)[3] === sensitiveTrait ? `sensitive ${String(type)}` : type;
  }
  return `kind ${String(kind)}`;
}

function shapeOfMembers(members: Members): object {
  return Object.fromEntries(
    Object.entries(members).map(([name, member]) => [
      member.required === true ? `${name}*` : name,
      typeOfMember(member),
    ]),
  );
}

function typeOfMember(member: Member): unknown {
  switch (member.type) {
    case "string":
      return member.sensitive === true ? "sensitive string" : "string";
    case "boolean":
      return "boolean";
    case "integer":
    case "float":
      return "number";
    case "structure":
      return { [member.shape]: shapeOfMembers(member.members) };
    case "list":
      return [typeOfMember(member.of)];
  }
}

describe("the model of the service", () => {
  test("has the 37 operations of the SDK, and each is answered", () => {
    const names = new Set(sdkOperations.map((operation) => operation[2]));
    expect(names.size).toBe(37);
    expect(new Set(Object.keys(serviceModel))).toEqual(names);
    expect(new Set(Object.keys(operations))).toEqual(names);
  });

  test.each(sdkOperations.map((operation) => [operation[2] as string, operation] as const))(
    "%s takes the members that the SDK sends, of the same types, with the same required",
    (name, operation) => {
      const model = serviceModel[name as OperationName];
      expect(shapeOfMembers(model.input)).toEqual(shapeOfSchema(inputSchema(operation)));
    },
  );

  test.each(sdkOperations.map((operation) => [operation[2] as string, operation] as const))(
    "%s has the host prefix of the SDK",
    (name, operation) => {
      const traits = operation[3] as { endpoint?: readonly string[] } | number;
      const prefix = typeof traits === "object" ? traits.endpoint?.[0] : undefined;
      const model: OperationModel = serviceModel[name as OperationName];
      expect(model.hostPrefix).toBe(prefix);
    },
  );

  test("names only errors that the SDK knows", () => {
    const known = new Set(errorNames());
    expect(known.size).toBeGreaterThan(30);
    for (const { errors } of Object.values(serviceModel)) {
      for (const error of errors) expect(known).toContain(error);
    }
  });

  test("has the enum values of the SDK", () => {
    const shared = {
      ...serviceModel.ListExecutions.input,
      ...serviceModel.CreateStateMachine.input,
    };
    expect(new Set<string>(shared.statusFilter.enum)).toEqual(
      new Set(Object.values(sdk.ExecutionStatus)),
    );
    expect(new Set<string>(shared.redriveFilter.enum)).toEqual(
      new Set(Object.values(sdk.ExecutionRedriveFilter)),
    );
    expect(new Set<string>(shared.type.enum)).toEqual(new Set(Object.values(sdk.StateMachineType)));
    expect(new Set<string>(shared.loggingConfiguration.members.level.enum)).toEqual(
      new Set(Object.values(sdk.LogLevel)),
    );
    expect(new Set<string>(shared.encryptionConfiguration.members.type.enum)).toEqual(
      new Set(Object.values(sdk.EncryptionType)),
    );
    expect(new Set<string>(serviceModel.DescribeExecution.input.includedData.enum)).toEqual(
      new Set(Object.values(sdk.IncludedData)),
    );
    expect(
      new Set<string>(serviceModel.ValidateStateMachineDefinition.input.severity.enum),
    ).toEqual(new Set(Object.values(sdk.ValidateStateMachineDefinitionSeverity)));
    expect(new Set<string>(serviceModel.TestState.input.inspectionLevel.enum)).toEqual(
      new Set(Object.values(sdk.InspectionLevel)),
    );
    expect(
      new Set<string>(serviceModel.TestState.input.mock.members.fieldValidationMode.enum),
    ).toEqual(new Set(Object.values(sdk.MockResponseValidationMode)));
  });
});
