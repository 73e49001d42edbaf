import { expect, test } from "vitest";
import type { ServiceMembers } from "../../src/ports/service-api.ts";
import { stackTester } from "./stack-tester.ts";

/** As CDK writes `AlarmRule.anyOf(AlarmRule.fromAlarm(failed, ALARM), AlarmRule.fromAlarm(slow, ALARM))`. */
const template = JSON.stringify({
  Resources: {
    Failed: alarm("ExecutionsFailed"),
    Slow: alarm("ExecutionTime"),
    Topic: { Type: "AWS::SNS::Topic" },
    Either: {
      Type: "AWS::CloudWatch::CompositeAlarm",
      Properties: {
        AlarmActions: [{ Ref: "Topic" }],
        AlarmRule: {
          "Fn::Join": [
            "",
            [
              '(ALARM("',
              { "Fn::GetAtt": ["Failed", "Arn"] },
              '") OR ALARM("',
              { "Fn::GetAtt": ["Slow", "Arn"] },
              '"))',
            ],
          ],
        },
      },
    },
  },
  Outputs: { Either: { Value: { Ref: "Either" } }, Failed: { Value: { Ref: "Failed" } } },
});

function alarm(MetricName: string): object {
  return {
    Type: "AWS::CloudWatch::Alarm",
    Properties: {
      Namespace: "AWS/States",
      MetricName,
      Statistic: "Sum",
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: "GreaterThanOrEqualToThreshold",
    },
  };
}

async function deployed() {
  const tester = await stackTester(undefined, { telemetry: {} });
  const stack = await tester.deploy("watch", template);
  expect(stack).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
  const outputs = Object.fromEntries(
    (stack["Outputs"] as readonly ServiceMembers[]).map(({ OutputKey, OutputValue }) => [
      OutputKey,
      OutputValue,
    ]),
  ) as { readonly Either: string; readonly Failed: string };
  const composite = async (): Promise<ServiceMembers> => {
    const { CompositeAlarms } = await tester.call("monitoring", "DescribeAlarms", {
      AlarmNames: [outputs.Either],
      AlarmTypes: ["CompositeAlarm"],
    });
    return (CompositeAlarms as readonly ServiceMembers[])[0] ?? {};
  };
  const set = (StateValue: string) =>
    tester.call("monitoring", "SetAlarmState", {
      AlarmName: outputs.Failed,
      StateValue,
      StateReason: "a try",
    });
  return { ...tester, outputs, composite, set };
}

test("CDK's CompositeAlarm is deployed, follows its alarms at once, and goes with the stack", async () => {
  const { composite, set, call, settled, outputs, mistakes } = await deployed();
  expect(await composite()).toMatchObject({ StateValue: "OK" });
  await set("ALARM");
  expect(await composite()).toMatchObject({ StateValue: "ALARM", ActionsEnabled: true });
  await set("OK");
  expect(await composite()).toMatchObject({ StateValue: "OK" });
  // Without AlarmTypes metric alarms are meant.
  const { MetricAlarms, CompositeAlarms } = await call("monitoring", "DescribeAlarms");
  expect(MetricAlarms).toHaveLength(2);
  expect(CompositeAlarms).toEqual([]);
  await expect(
    call("monitoring", "DeleteAlarms", { AlarmNames: [outputs.Failed] }),
  ).rejects.toThrow(/composite alarm\(s\) depending on it/);
  await call("cloudformation", "DeleteStack", { StackName: "watch" });
  await settled("watch").catch(() => {});
  expect(await call("monitoring", "DescribeAlarms")).toMatchObject({ MetricAlarms: [] });
  expect(mistakes).toEqual([]);
});

test("a rule that cannot be read, or names an alarm that is not there, is refused", async () => {
  const { call } = await deployed();
  const put = (AlarmRule: string) =>
    call("monitoring", "PutCompositeAlarm", { AlarmName: "mine", AlarmRule });
  await expect(put("ALARM(")).rejects.toThrow(/AlarmRule must be a valid rule expression/);
  await expect(put("ALARM(nobody)")).rejects.toThrow(
    /alarms \[nobody\] in the alarm rule do not exist/,
  );
});
