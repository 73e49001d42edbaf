import * as sdk from "@aws-sdk/client-sfn";
import { describe, expect, test } from "vitest";
import { operations } from "../../src/service/operations.ts";
import {
  serviceModel,
  type OperationModel,
  type OperationName,
} from "../../src/service/model/service-model.ts";
import type { Member, Members } from "../../src/service/model/member.ts";
import {
  inputSchema,
  listKind,
  memberSchema,
  membersOf,
  sdkErrors,
  sdkOperations,
  simpleItems,
  simpleKind,
  structureKind,
  type Schema,
} from "./sdk-model.ts";

const sensitiveTrait = 8;

/** The type names of a structure's members by their names; nested structures in full. */
function shapeOfSchema(schema: Schema): object {
  return Object.fromEntries(
    membersOf(schema).map((member) => [
      member.required ? `${member.name}*` : member.name,
      typeOfSchema(member.schema),
    ]),
  );
}

function typeOfSchema(schema: unknown): unknown {
  if (typeof schema === "number") {
    const { kind, of } = simpleItems(schema);
    if (kind === listKind) return [typeOfSchema(of)];
    return { 0: "string", 1: "number", 2: "boolean" }[schema] ?? `schema ${schema}`;
  }
  const [kind, , name, traits, inner] = schema as Schema;
  // A nested structure has the name that validation errors show.
  if (kind === structureKind) return { [name as string]: shapeOfSchema(schema as Schema) };
  if (kind === listKind) return [typeOfSchema(memberSchema(inner))];
  if (kind === simpleKind) {
    const type = typeOfSchema(memberSchema(inner));
    return traits === sensitiveTrait ? `sensitive ${String(type)}` : type;
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
    // Other services' inputs have these.
    case "map":
    case "timestamp":
    case "document":
      return member.type;
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
    expect(sdkErrors.size).toBeGreaterThan(30);
    for (const { errors } of Object.values(serviceModel)) {
      for (const error of errors) expect(sdkErrors).toContain(error);
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
