import { expect, test } from "vitest";
import { ServiceCalls } from "../../src/console/service-calls.ts";
import { StacksDesk } from "../../src/console/stacks/stacks-desk.ts";
import { scopeOf } from "../../src/machine/arns.ts";
import { accountId, region } from "../api/start-server.ts";
import { stackTester } from "../deploy/stack-tester.ts";

const template = `
Resources:
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: shop}}
  Placed:
    Type: AWS::Events::Rule
    Properties: {Name: placed, EventBusName: !Ref Bus, EventPattern: {source: [shop]}}
  Failed:
    Type: AWS::Events::Rule
    Properties: {Name: failed, EventPattern: {source: [aws.states]}}
  Nightly:
    Type: AWS::Scheduler::Schedule
    Properties:
      Name: nightly
      ScheduleExpression: rate(1 day)
      FlexibleTimeWindow: {Mode: "OFF"}
      Target: {Arn: !Ref Machine, RoleArn: "arn:aws:iam::${accountId}:role/nightly"}
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: orders
      RoleArn: arn:aws:iam::${accountId}:role/orders
      Definition: {StartAt: A, States: {A: {Type: Succeed}}}
`;

const arn = (service: string, rest: string): string =>
  `arn:aws:${service}:${region}:${accountId}:${rest}`;

test("what a stack has made leads back to it, by whichever name it has there", async () => {
  const { stepwell, deploy } = await stackTester();
  const { StackId: stackId } = await deploy("shop", template);
  const scope = scopeOf(region, accountId);
  const desk = new StacksDesk(new ServiceCalls({ services: stepwell.services.services, scope }));
  const stackOf = (of: string) => desk.ofResource(of, {});
  for (const made of [
    arn("states", "stateMachine:orders"),
    arn("scheduler", "schedule/default/nightly"),
    arn("events", "rule/failed"),
    arn("events", "rule/shop/placed"),
  ]) {
    expect(await stackOf(made), made).toEqual({ stackId, name: "shop" });
  }
  // A name alone says nothing: a function may be called as a machine's stack calls something else.
  for (const other of [arn("lambda", "function:nightly"), arn("events", "rule/nightly")]) {
    expect(await stackOf(other), other).toEqual({});
  }
});
