import {
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../../expression/json.ts";
import type { EventTarget } from "../events/event.ts";

/** API Gateway calls a function and hands on its answer. */
export function functionIntegration(target: EventTarget): JsonObject {
  const call =
    "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${__Function__}/invocations";
  const variable = variableOf(target.arn);
  return {
    httpMethod: "POST",
    type: "aws_proxy",
    uri:
      variable === undefined
        ? { "Fn::Sub": [call, { __Function__: target.arn }] }
        : { "Fn::Sub": call.replace("__Function__", variable) },
  };
}

/** API Gateway starts an execution with the request's body as its input. Observed: SAM's mapping template. */
export function stateMachineIntegration(
  arn: JsonValue,
  credentials: JsonValue,
  isUnescaped: boolean,
): JsonObject {
  const escaped = "$util.escapeJavaScript($input.json('$'))";
  // JavaScript's escape of an apostrophe is none of JSON's.
  const input = isUnescaped ? `${escaped}.replaceAll("\\\\'","'")` : escaped;
  const text = `{"input": "${input}", "stateMachineArn": "\${${variableOf(arn) ?? ""}}"}`;
  return {
    type: "aws",
    httpMethod: "POST",
    uri: {
      "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution",
    },
    credentials,
    requestTemplates: {
      "application/json": { "Fn::Sub": text },
    },
    responses: { "200": { statusCode: "200" }, "400": { statusCode: "400" } },
  };
}

/** How `Fn::Sub` names what is referred to by `Ref` or `Fn::GetAtt`. */
function variableOf(value: JsonValue): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const name = ownMember(value, "Ref");
  if (typeof name === "string") return name;
  const attribute = ownMember(value, "Fn::GetAtt");
  return Array.isArray(attribute) ? attribute.join(".") : undefined;
}
