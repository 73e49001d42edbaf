import { expect, test } from "vitest";
import { parseDefinition } from "../parse-definition.ts";

const problems = (Parameters: object, more: object = {}): readonly string[] => {
  const state = { Type: "Task", Resource: "arn:aws:states:::http:invoke", End: true, ...more };
  const [name] = "QueryLanguage" in more ? ["Arguments"] : ["Parameters"];
  const machine = { StartAt: "C", States: { C: { ...state, [name as string]: Parameters } } };
  return parseDefinition(JSON.stringify(machine)).diagnostics.map(({ message }) => message);
};

const ConnectionArn = "arn:aws:events:eu-west-1:123456789012:connection/c/81210c42-8af1";
const call = { ApiEndpoint: "https://a.test", Method: "GET" };

test.each<[object, object?]>([
  [{ ...call, InvocationConfig: { ConnectionArn } }],
  [{ ...call, Authentication: { ConnectionArn } }],
  [{ ...call, Authentication: { "ConnectionArn.$": "$.arn" } }],
  [{ ...call, "InvocationConfig.$": "$.config" }],
  [{ ...call, InvocationConfig: { ConnectionArn: "{% $arn %}" } }, { QueryLanguage: "JSONata" }],
])("%j is taken", (parameters, more) => {
  expect(problems(parameters, more)).toEqual([]);
});

test.each<[object, string]>([
  [call, "at least one of the following fields: [InvocationConfig, Authentication]"],
  [{ ...call, InvocationConfig: {} }, "The field 'ConnectionArn' is required but was missing"],
  [{ ...call, InvocationConfig: { ConnectionArn: "c" } }, "Value is not a valid resource ARN"],
  [{ Method: "GET", InvocationConfig: { ConnectionArn } }, "The field 'ApiEndpoint' is required"],
  [
    { ...call, InvocationConfig: { ConnectionArn }, Timeout: 1 },
    "The field 'Timeout' is not supported",
  ],
])("%j is refused", (parameters, said) => {
  expect(problems(parameters).join()).toContain(said);
});
