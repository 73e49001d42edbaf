import { expect, test } from "vitest";
import type {
  RestDefinition,
  RestIntegration,
} from "../../../eventing/rest-api/rest-definition.ts";
import { servedMethods } from "./served-methods.ts";

const machine = "arn:aws:states:us-east-1:000000000000:stateMachine:orders";
const role = "arn:aws:iam::000000000000:role/web";

function served(methodIntegration?: RestIntegration) {
  const definition: RestDefinition = {
    resources: {
      r1: {
        path: "/orders/{id}",
        resourceMethods: {
          POST: {
            authorizationType: "NONE",
            apiKeyRequired: true,
            ...(methodIntegration && { methodIntegration }),
          },
        },
      },
    },
    models: {},
    requestValidators: {},
    gatewayResponses: {},
    authorizers: {},
  };
  return servedMethods({ id: "abc", name: "shop" }, "prod", definition)[0];
}

test("a method that starts a state machine tells which, from the template that names it", () => {
  expect(
    served({
      type: "AWS",
      uri: "arn:aws:apigateway:us-east-1:states:action/StartExecution",
      credentials: role,
      requestTemplates: { "application/json": `{"stateMachineArn":"${machine}"}` },
    }),
  ).toEqual({
    api: "shop",
    apiId: "abc",
    routeKey: "POST /orders/{id}",
    bases: ["/api/abc/prod"],
    subtype: "StepFunctions-StartExecution",
    target: machine,
    roleArn: role,
    apiKeyRequired: true,
    authorizationType: "NONE",
    isConfigured: false,
  });
});

test("a function, a URL and what variables make are told, and a method without an integration calls nothing", () => {
  const arn = "arn:aws:lambda:us-east-1:000000000000:function:greet";
  const path = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${arn}/invocations`;
  expect(served({ type: "AWS_PROXY", uri: path })).toMatchObject({ target: arn });
  const url = "https://example.com/orders";
  expect(served({ type: "HTTP_PROXY", uri: url })).toMatchObject({ target: url });
  const made = "https://${stageVariables.host}/orders";
  expect(served({ type: "HTTP", uri: made })).toMatchObject({ target: made });
  expect(served()).toMatchObject({ target: undefined, subtype: undefined });
});
