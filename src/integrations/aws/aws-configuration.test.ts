import { expect, test } from "vitest";
import { type AwsConfiguration, awsPlace } from "./aws-configuration.ts";
import { taskRole } from "./task-role.ts";

test("what is said of a service stands above what is said of all", () => {
  const configuration: AwsConfiguration = {
    region: "eu-west-1",
    profile: "work",
    assumeRoles: "always",
    services: { events: { endpoint: "http://127.0.0.1:1" }, s3: { region: "us-east-1" } },
  };
  const usual = { region: "eu-west-1", profile: "work" };
  expect(awsPlace(configuration, "sqs")).toEqual(usual);
  expect(awsPlace(configuration, "eventbridge")).toEqual({
    ...usual,
    endpoint: "http://127.0.0.1:1",
  });
  expect(awsPlace(configuration, "s3")).toEqual({ ...usual, region: "us-east-1" });
  expect(awsPlace(undefined, "s3")).toEqual({});
});

const own = "arn:aws:iam::123456789012:role/machine";
const other = "arn:aws:iam::210987654321:role/other";
const executionArn = "arn:aws:states:eu-west-1:123456789012:execution:machine:order #1";

test.each([
  ["always", undefined, [own]],
  ["always", other, [own, other]],
  ["credentials", undefined, undefined],
  ["credentials", other, [other]],
  ["never", other, undefined],
] as const)("%s, with Credentials %s: %j", (assumeRoles, credentialsRoleArn, chain) => {
  const request = { roleArn: own, credentialsRoleArn, executionArn };
  expect(taskRole(request, { assumeRoles })?.chain).toEqual(chain);
});

test("a session has the execution's name, as far as names of sessions may", () => {
  const named = (name: string) =>
    taskRole(
      {
        roleArn: own,
        credentialsRoleArn: other,
        executionArn: `arn:aws:states:eu-west-1:123456789012:execution:machine:${name}`,
      },
      undefined,
    )?.sessionName;
  expect(named("order #1 für 3")).toBe("order__1_f_r_3");
  expect(named("a")).toBe("a_");
  expect(named("x".repeat(80))).toBe("x".repeat(64));
});
