// The job poller of the CDK's own documentation, with functions of which the second says how the first one's job goes.
import { fileURLToPath } from "node:url";
import { App, CfnOutput, Duration, Stack } from "aws-cdk-lib";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as sfn from "aws-cdk-lib/aws-stepfunctions";
import * as tasks from "aws-cdk-lib/aws-stepfunctions-tasks";

const app = new App({ analyticsReporting: false });
const stack = new Stack(app, "JobPoller");

const functionOf = (name) =>
  new lambda.Function(stack, `${name}Function`, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: `${name}.handler`,
    code: lambda.Code.fromAsset(fileURLToPath(new URL("functions", import.meta.url))),
  });
const [submit, status] = [functionOf("submit"), functionOf("status")];

const wait = new sfn.Wait(stack, "Wait X Seconds", {
  time: sfn.WaitTime.secondsPath("$.waitSeconds"),
});
const failed = new sfn.Fail(stack, "Job Failed", {
  cause: "AWS Batch Job Failed",
  error: "DescribeJob returned FAILED",
});
const finalStatus = new tasks.LambdaInvoke(stack, "Get Final Job Status", {
  lambdaFunction: status,
  outputPath: "$.Payload",
});
const definition = new tasks.LambdaInvoke(stack, "Submit Job", {
  lambdaFunction: submit,
  outputPath: "$.Payload",
})
  .next(wait)
  .next(
    new tasks.LambdaInvoke(stack, "Get Job Status", {
      lambdaFunction: status,
      outputPath: "$.Payload",
    }),
  )
  .next(
    new sfn.Choice(stack, "Job Complete?")
      .when(sfn.Condition.stringEquals("$.status", "FAILED"), failed)
      .when(sfn.Condition.stringEquals("$.status", "SUCCEEDED"), finalStatus)
      .otherwise(wait),
  );

const machine = new sfn.StateMachine(stack, "StateMachine", {
  definitionBody: sfn.DefinitionBody.fromChainable(definition),
  timeout: Duration.minutes(5),
  comment: process.env.POLLER_COMMENT ?? "",
});
new CfnOutput(stack, "MachineArn", { value: machine.stateMachineArn });
