import {
  CreateStateMachineCommand,
  UpdateStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, expect, test } from "vitest";
import { roleArn, startServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

function task(resource: string, fields: object): string {
  const Call = { Type: "Task", Resource: `arn:aws:states:::${resource}`, ...fields, End: true };
  const branch = { StartAt: "Call", States: { Call } };
  return JSON.stringify({
    StartAt: "Both",
    States: { Both: { Type: "Parallel", Branches: [branch], End: true } },
  });
}

const place = "/States/Both/Branches[0]/States/Call";

const unknown = (arn: string): string =>
  `The resource provided arn:aws:states:::${arn} is not recognized. The value is not a valid resource ARN, or the resource is not available in this region.`;

const wrong: readonly (readonly [definition: string, message: string, location: string])[] = [
  // What SDK integrations do not have.
  [
    task("aws-sdk:sts:assumeRole", { Parameters: {} }),
    unknown("aws-sdk:sts:assumeRole"),
    `${place}/Resource`,
  ],
  // What the service, whose client is installed, does not have.
  [
    task("aws-sdk:dynamodb:getTable", { Parameters: {} }),
    unknown("aws-sdk:dynamodb:getTable"),
    `${place}/Resource`,
  ],
  [
    task("aws-sdk:dynamodb:getItem", { Parameters: { TableName: "t", "Keys.$": "$.key" } }),
    "The field 'Keys' is not supported by Step Functions",
    `${place}/Parameters`,
  ],
  [
    task("aws-sdk:s3:putObject", {
      QueryLanguage: "JSONata",
      Arguments: { Bucket: "b", Key: "{% $k %}", Boddy: 1 },
    }),
    "The field 'Boddy' is not supported by Step Functions",
    `${place}/Arguments`,
  ],
];

test.each(wrong)("%s is refused", async (definition, message, location) => {
  const name = "refused";
  const text = `Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: ${message} at ${location}'`;
  const refusal = { name: "InvalidDefinition", message: text };
  await expect(
    server.client.send(new CreateStateMachineCommand({ name, definition, roleArn })),
  ).rejects.toMatchObject(refusal);
  expect(
    await server.client.send(new ValidateStateMachineDefinitionCommand({ definition })),
  ).toMatchObject({
    result: "FAIL",
    diagnostics: [{ severity: "ERROR", code: "SCHEMA_VALIDATION_FAILED", message, location }],
  });
});

test("an update is refused, too; what is not installed, or right, is taken without a diagnostic", async () => {
  const right = task("aws-sdk:dynamodb:getItem", { Parameters: { TableName: "t", Key: {} } });
  const { stateMachineArn } = await server.client.send(
    new CreateStateMachineCommand({ name: "taken", definition: right, roleArn }),
  );
  const [[definition]] = wrong.slice(1) as [(typeof wrong)[0]];
  await expect(
    server.client.send(new UpdateStateMachineCommand({ stateMachineArn, definition })),
  ).rejects.toMatchObject({ name: "InvalidDefinition" });
  const absent = task("aws-sdk:voiceid:listDomains", { Parameters: {} });
  await server.client.send(new UpdateStateMachineCommand({ stateMachineArn, definition: absent }));
  expect(
    await server.client.send(
      new ValidateStateMachineDefinitionCommand({ definition: absent, severity: "WARNING" }),
    ),
  ).toMatchObject({ result: "OK", diagnostics: [] });
});
