// A rule that a call of AWS's API makes, and a resource of the provider framework, which waits until it is there.
import { fileURLToPath } from "node:url";
import { App, CfnOutput, CustomResource, Duration, Stack } from "aws-cdk-lib";
import * as lambda from "aws-cdk-lib/aws-lambda";
import * as resources from "aws-cdk-lib/custom-resources";

const { SIZE: size = "1" } = process.env;
const app = new App({ analyticsReporting: false });
const stack = new Stack(app, "CustomResources");

const name = "made-by-call";
const put = {
  service: "EventBridge",
  action: "putRule",
  parameters: { Name: name, EventPattern: '{"source":["shop"]}', Description: `of size ${size}` },
  physicalResourceId: resources.PhysicalResourceId.of(name),
};
const rule = new resources.AwsCustomResource(stack, "Rule", {
  onUpdate: put,
  onDelete: { service: "EventBridge", action: "deleteRule", parameters: { Name: name } },
  installLatestAwsSdk: false,
  policy: resources.AwsCustomResourcePolicy.fromSdkCalls({
    resources: resources.AwsCustomResourcePolicy.ANY_RESOURCE,
  }),
});
new CfnOutput(stack, "RuleArn", { value: rule.getResponseField("RuleArn") });

const functionOf = (name, handler) =>
  new lambda.Function(stack, name, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: `thing.${handler}`,
    code: lambda.Code.fromAsset(fileURLToPath(new URL("functions", import.meta.url))),
  });
const provider = new resources.Provider(stack, "Provider", {
  onEventHandler: functionOf("Made", "made"),
  isCompleteHandler: functionOf("IsThere", "isThere"),
  queryInterval: Duration.seconds(1),
  totalTimeout: Duration.minutes(2),
});
const thing = new CustomResource(stack, "MadeThing", {
  serviceToken: provider.serviceToken,
  resourceType: "Custom::Thing",
  properties: { Id: "a", Size: size },
});
new CfnOutput(stack, "Thing", { value: thing.ref });
new CfnOutput(stack, "Size", { value: thing.getAttString("Size") });
new CfnOutput(stack, "Ready", { value: thing.getAttString("Ready") });
app.synth();
