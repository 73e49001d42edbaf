import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { stackTester } from "./stack-tester.ts";

const template = (path: string) => `
Resources:
  Orders:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/orders
      Definition:
        StartAt: Pass
        States: {Pass: {Type: Pass, End: true}}
  Api:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Name: web
      ProtocolType: HTTP
      CorsConfiguration: {AllowOrigins: ["https://shop.example"]}
  Start:
    Type: AWS::ApiGatewayV2::Integration
    Properties:
      ApiId: !Ref Api
      IntegrationType: AWS_PROXY
      IntegrationSubtype: StepFunctions-StartExecution
      PayloadFormatVersion: "1.0"
      CredentialsArn: arn:aws:iam::123456789012:role/web
      TimeoutInMillis: "5000"
      RequestParameters:
        StateMachineArn: !Ref Orders
        Input: $request.body
      ResponseParameters:
        "200":
          ResponseParameters:
            - {Destination: "overwrite:statuscode", Source: "202"}
  Route:
    Type: AWS::ApiGatewayV2::Route
    Properties:
      ApiId: !Ref Api
      RouteKey: POST ${path}
      Target: !Join ["/", [integrations, !Ref Start]]
  Stage:
    Type: AWS::ApiGatewayV2::Stage
    Properties: {ApiId: !Ref Api, StageName: $default, AutoDeploy: "true"}
Outputs:
  Id: {Value: !Ref Api}
`;

test("a template's HTTP API starts executions of its state machine, also after a change of its route", async () => {
  const { stepwell, deploy, states, call, settled, mistakes } = await stackTester();
  const server = createServer((request, response) => stepwell.routes.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const created = await deploy("web", template("/orders"));
  expect(created).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
  const [{ OutputValue: apiId }] = created["Outputs"] as [{ OutputValue: string }];
  const ask = (path: string) =>
    fetch(`${url}/api/${apiId}${path}`, { method: "POST", body: '{"id":7}' });
  const started = await ask("/orders");
  expect(started.status).toBe(202);
  const { executionArn } = (await started.json()) as { executionArn: string };
  expect(await states("DescribeExecution", { executionArn })).toMatchObject({ input: '{"id":7}' });
  await deploy("web", template("/v2/orders"));
  expect([(await ask("/orders")).status, (await ask("/v2/orders")).status]).toEqual([404, 202]);
  await call("cloudformation", "DeleteStack", { StackName: "web" });
  expect(await settled(created["StackId"] as string)).toMatchObject({
    StackStatus: "DELETE_COMPLETE",
  });
  expect((await ask("/v2/orders")).status).toBe(404);
  expect(mistakes).toEqual([]);
});
