import { expect, test } from "vitest";
import { parse } from "yaml";
import { exportedFile } from "./export-workflow.ts";

const definition = `{ "StartAt": "A",\n  "States": {"A": {"Type": "Succeed"}} }`;
const machine = {
  stateMachineArn: "arn:aws:states:us-east-1:000000000000:stateMachine:order-processing",
  name: "order-processing",
  status: "ACTIVE",
  type: "EXPRESS",
  creationDate: 0,
  roleArn: "arn:aws:iam::000000000000:role/orders",
  definition,
  loggingConfiguration: {
    level: "ALL",
    includeExecutionData: true,
    destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: "arn:aws:logs:group:*" } }],
  },
} as const;
const meant = JSON.parse(definition) as unknown;

test("ASL in JSON is the text that was saved, and in YAML it means the same", async () => {
  expect(await exportedFile(machine, {}, "asl")).toEqual({
    fileName: "order-processing.asl.json",
    content: definition,
  });
  const { content } = await exportedFile(machine, {}, "yaml");
  expect(parse(content)).toEqual(meant);
});

test("a template has the role, the settings and the tags", async () => {
  const { content } = await exportedFile(machine, { team: "shop" }, "cloudformation");
  expect((JSON.parse(content) as { Resources: object }).Resources).toEqual({
    OrderProcessing: {
      Type: "AWS::StepFunctions::StateMachine",
      Properties: {
        StateMachineName: "order-processing",
        StateMachineType: "EXPRESS",
        RoleArn: machine.roleArn,
        Definition: meant,
        LoggingConfiguration: {
          Level: "ALL",
          IncludeExecutionData: true,
          Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: "arn:aws:logs:group:*" } }],
        },
        Tags: [{ Key: "team", Value: "shop" }],
      },
    },
  });
  const sam = JSON.parse((await exportedFile(machine, {}, "sam")).content) as object;
  expect(sam).toMatchObject({
    Transform: "AWS::Serverless-2016-10-31",
    Resources: { OrderProcessing: { Properties: { Logging: { Level: "ALL" } } } },
  });
});

test("a construct names what TypeScript may name", async () => {
  const { content } = await exportedFile({ ...machine, name: "7-days" }, { a: '"' }, "cdk");
  expect(content).toContain("export class Workflow7Days extends Construct");
  expect(content).toContain("level: sfn.LogLevel.ALL");
  expect(content).toContain(String.raw`add("a", "\"")`);
});

test("a resource of Terraform has the text as it is, with nothing that HCL would take for a template", async () => {
  const written = '{ "Comment": "${a} %{b} {% $c %}",\n  "States": {} }';
  const { content, fileName } = await exportedFile(
    { ...machine, name: "7-days", definition: written },
    { "cost.centre": "${x}" },
    "terraform",
  );
  expect(fileName).toBe("7-days.tf");
  expect(content).toContain('resource "aws_sfn_state_machine" "workflow_7-days" {');
  expect(content).toContain(
    '  definition = <<JSON\n{ "Comment": "$${a} %%{b} {% $c %}",\n  "States": {} }\nJSON\n',
  );
  expect(content).toContain('    level                  = "ALL"\n');
  expect(content).toContain('    "cost.centre" = "$${x}"\n');
});
