import { describe, expect, test } from "vitest";
import { ApiError } from "../errors/api-error.ts";
import type { Members } from "./member.ts";
import { serviceModel, type OperationName } from "./service-model.ts";
import { compileValidator } from "./validate-input.ts";

const limits = { payloadBytes: 262_144 };

function errorOf(members: Members, input: unknown): { code: string; message: string } {
  try {
    compileValidator(members, limits)(input);
  } catch (error) {
    if (error instanceof ApiError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error("it was accepted");
}
const validate = (operation: OperationName, input: unknown) =>
  compileValidator(serviceModel[operation].input, limits)(input);
const refused = (operation: OperationName, input: unknown) =>
  errorOf(serviceModel[operation].input, input);

const arn = "arn:aws:states:eu-west-1:123456789012:execution:m:e";

describe("constraints", () => {
  test("are reported with the member's value and what it must be", () => {
    expect(refused("ListActivities", { maxResults: 1001 })).toEqual({
      code: "ValidationException",
      message:
        "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
    });
    expect(refused("DescribeExecution", {}).message).toBe(
      "1 validation error detected: Value null at 'executionArn' failed to satisfy constraint: Member must not be null",
    );
    expect(refused("ListActivities", { nextToken: "" }).message).toBe(
      "1 validation error detected: Value '' at 'nextToken' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
    expect(refused("RedriveExecution", { executionArn: arn, clientToken: "a b" }).message).toBe(
      "1 validation error detected: Value 'a b' at 'clientToken' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[!-~]+$",
    );
  });

  test("that are broken are reported all at once, in the order of the model", () => {
    const { message } = refused("GetExecutionHistory", {
      maxResults: -1,
      executionArn: "",
      nextToken: "",
    });
    expect(message).toBe(
      "3 validation errors detected: " +
        "Value '' at 'executionArn' failed to satisfy constraint: Member must have length greater than or equal to 1; " +
        "Value '-1' at 'maxResults' failed to satisfy constraint: Member must have value greater than or equal to 0; " +
        "Value '' at 'nextToken' failed to satisfy constraint: Member must have length greater than or equal to 1",
    );
  });

  test("of members inside lists are reported with the member's place, from 1", () => {
    const routingConfiguration = [
      { stateMachineVersionArn: arn, weight: 100 },
      { stateMachineVersionArn: arn, weight: 101 },
      { weight: 1 },
    ];
    const { message } = refused("CreateStateMachineAlias", { name: "a", routingConfiguration });
    expect(message).toMatch(/^3 validation errors detected: /);
    expect(message).toContain(
      "at 'routingConfiguration' failed to satisfy constraint: Member must have length less than or equal to 2",
    );
    expect(message).toContain("Value '101' at 'routingConfiguration.2.member.weight'");
    expect(message).toContain(
      "Value null at 'routingConfiguration.3.member.stateMachineVersionArn'",
    );
  });

  test("on secrets are reported without the value", () => {
    const { message } = refused("SendTaskSuccess", { taskToken: "t".repeat(2049), output: "1" });
    expect(message).toBe(
      "1 validation error detected: Value at 'taskToken' failed to satisfy constraint: Member must have length less than or equal to 2048",
    );
  });

  test("on payloads count bytes, and follow the configured limit", () => {
    const members = serviceModel.StartExecution.input;
    const text = "é".repeat(60);
    const input = { stateMachineArn: arn, input: text };
    expect(compileValidator(members, { payloadBytes: 120 })(input)).toEqual(input);
    expect(() => compileValidator(members, { payloadBytes: 119 })(input)).toThrow(
      "Member must have length less than or equal to 119",
    );
  });
});

describe("a value of the wrong type", () => {
  test.each([
    [{ executionArn: 1 }, "NUMBER_VALUE can not be converted to a String"],
    [{ executionArn: true }, "TRUE_VALUE can not be converted to a String"],
    [{ executionArn: [] }, "Start of list found where not expected"],
    [{ executionArn: {} }, "Start of structure or map found where not expected."],
    [{ maxResults: "1" }, "STRING_VALUE can not be converted to an Integer"],
    [{ reverseOrder: 1 }, "NUMBER_VALUE can not be converted to a Boolean"],
    [[], "Start of list found where not expected"],
  ])("%j is a SerializationException, whatever else is wrong", (input, message) => {
    expect(refused("GetExecutionHistory", input)).toEqual({
      code: "SerializationException",
      message,
    });
  });

  test("in place of a list or structure is one as well", () => {
    const input = { name: "a", tags: "x" };
    expect(refused("CreateActivity", input).message).toBe("Expected list or null");
    expect(refused("CreateActivity", { name: "a", encryptionConfiguration: "x" }).message).toBe(
      "Expected null",
    );
  });
});

describe("the validated input", () => {
  test("has the members of the model only, and none that is null", () => {
    const input = JSON.parse(
      '{"name":"a","unknown":1,"tags":null,"__proto__":{"publish":true},"constructor":1}',
    ) as unknown;
    expect(validate("CreateActivity", input)).toEqual({ name: "a" });
  });

  test("has whole numbers where the model wants them", () => {
    expect(validate("ListActivities", { maxResults: 2.9 })).toEqual({ maxResults: 2 });
  });

  test("takes no member from a prototype", () => {
    const inherited = Object.create({ executionArn: arn }) as object;
    expect(refused("DescribeExecution", inherited).message).toContain("Value null");
  });
});
