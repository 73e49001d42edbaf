import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { scalarText } from "../functions/scalar-text.ts";
import { defined } from "../sam/expansion.ts";
import { TemplateError } from "../template.ts";
import { memberObject } from "./service.ts";

/** What a method of a state machine is made of. */
interface MethodParts {
  /** The logical id of the state machine. */
  readonly machine: string;
  readonly role: JsonValue;
  /** `'*'`, where browsers of other sites may ask. */
  readonly allowOrigin: JsonValue | undefined;
  readonly owner: string;
}

/** Documented by serverless-step-functions: what is done if nothing is said. */
export function actionOf(settings: JsonObject): string {
  return scalarText(ownMember(settings, "action")) ?? "StartExecution";
}

/** OpenAPI's operation of an `http` event of a state machine, with its integration. */
export function stateMachineMethod(settings: JsonObject, parts: MethodParts): JsonObject {
  const responses = responsesOf(settings, parts);
  return {
    responses: Object.fromEntries(
      responses.map(({ statusCode, responseParameters }) => [
        statusCode,
        {
          description: statusCode,
          headers: Object.fromEntries(
            Object.keys(responseParameters).map((name) => [
              name.replace("method.response.header.", ""),
              { type: "string" },
            ]),
          ),
        },
      ]),
    ),
    "x-amazon-apigateway-integration": defined({
      type: "aws",
      httpMethod: "POST",
      uri: {
        "Fn::Sub": `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:states:action/${actionOf(settings)}`,
      },
      credentials: parts.role,
      passthroughBehavior:
        ownMember(settings, "action") === undefined ? "never" : "when_no_templates",
      requestTemplates: requestTemplates(settings, parts),
      timeoutInMillis: ownMember(settings, "timeoutInMillis"),
      responses: Object.fromEntries(
        responses.map(({ pattern, ...response }) => [pattern, response]),
      ),
    }),
  };
}

interface Response {
  /** `default` for what no other one is for. */
  readonly pattern: string;
  readonly statusCode: string;
  readonly responseParameters: JsonObject;
  readonly responseTemplates: JsonObject;
}

/** Documented: `responses` by their statuses; else `response` for what succeeds, and another one for status 400. */
function responsesOf(settings: JsonObject, { allowOrigin }: MethodParts): readonly Response[] {
  const cors =
    allowOrigin === undefined
      ? {}
      : { "method.response.header.Access-Control-Allow-Origin": allowOrigin };
  const written = ownMember(settings, "responses");
  if (isJsonObject(written)) {
    return Object.entries(written).map(([status, value]) => {
      const response = isJsonObject(value) ? value : {};
      const pattern = scalarText(ownMember(response, "selectionPattern")) ?? status;
      return {
        pattern: pattern === "" ? "default" : pattern,
        statusCode: scalarText(ownMember(response, "statusCode")) ?? status,
        responseParameters: { ...memberObject(response, "responseParameters"), ...cors },
        responseTemplates: memberObject(response, "responseTemplates"),
      };
    });
  }
  const response = memberObject(settings, "response");
  const headers = Object.entries(memberObject(response, "headers"));
  return [
    {
      pattern: "default",
      statusCode: "200",
      responseParameters: {
        ...Object.fromEntries(
          headers.map(([name, value]) => [`method.response.header.${name}`, value]),
        ),
        ...cors,
      },
      responseTemplates: memberObject(response, "template"),
    },
    { pattern: "400", statusCode: "400", responseParameters: cors, responseTemplates: {} },
  ];
}

function requestTemplates(settings: JsonObject, parts: MethodParts): JsonObject | undefined {
  const request = memberObject(settings, "request");
  const unknown = Object.keys(request).find((name) => name !== "template");
  if (unknown !== undefined) {
    throw new TemplateError(
      `Stepwell does not know request.${unknown} of http events in serverless.yml (${parts.owner}); use an AWS::Serverless::Api in resources.`,
    );
  }
  const template = ownMember(request, "template");
  const withBoth = (text: JsonValue): JsonObject => ({
    "application/json": text,
    "application/x-www-form-urlencoded": text,
  });
  const usual = withBoth(substituted(startTemplate, parts));
  if (template === "lambda_proxy") {
    return {
      "application/json": substituted(`#set($body = $input.body)\n${proxyTemplate}`, parts),
      "application/x-www-form-urlencoded": substituted(`${formBody}${proxyTemplate}`, parts),
    };
  }
  if (isJsonObject(template)) return { ...usual, ...template };
  return ownMember(settings, "action") === undefined ? usual : undefined;
}

function substituted(text: string, { machine }: MethodParts): JsonObject {
  return {
    "Fn::Sub": [text, { StateMachineArn: { Ref: machine }, AccountId: { Ref: "AWS::AccountId" } }],
  };
}

/** An execution of the body, named by the request. Observed: what the plugin writes. */
const startTemplate = `#set($body = $util.escapeJavaScript($input.json('$')).replaceAll("\\\\'", "'"))
{"input": "$body", "name": "$context.requestId", "stateMachineArn": "\${StateMachineArn}"}`;

/** The members of a map, as JSON: an empty text is null. */
const mapBlock = `#define($members)
{#foreach($key in $map.keySet())
"$util.escapeJavaScript($key)": #if("$map.get($key)" == "")null#else"$util.escapeJavaScript($map.get($key)).replaceAll("\\\\'", "'")"#end#if($foreach.hasNext),#end
#end}
#end`;

/** A form as a JSON object. */
const formBody = `#define($body)
{#foreach($pair in $input.path('$').split('&'))
#set($parts = $pair.split('='))
"$util.escapeJavaScript($util.urlDecode($parts[0]))": "#if($parts.size() > 1)$util.escapeJavaScript($util.urlDecode($parts[1])).replaceAll("\\\\'", "'")#end"#if($foreach.hasNext),#end
#end}
#end
`;

/** Documented: `lambda_proxy`: the input is the event that a function would get. */
const proxyTemplate = `${mapBlock}
#define($event)
{
"resource": "$context.resourcePath",
"path": "$context.path",
"httpMethod": "$context.httpMethod",
#set($map = $input.params().header)
"headers": $members,
#set($map = $input.params().querystring)
"queryStringParameters": #if($map.size() == 0)null#else$members#end,
#set($map = $input.params().path)
"pathParameters": #if($map.size() == 0)null#else$members#end,
#set($map = $stageVariables)
"stageVariables": #if($map.size() == 0)null#else$members#end,
"requestContext": {
"resourceId": "$context.resourceId",
"resourcePath": "$context.resourcePath",
"httpMethod": "$context.httpMethod",
"extendedRequestId": "$context.extendedRequestId",
"requestTime": "$context.requestTime",
"path": "$context.path",
"accountId": "\${AccountId}",
"protocol": "$context.protocol",
"stage": "$context.stage",
"domainPrefix": "$context.domainPrefix",
"requestTimeEpoch": $context.requestTimeEpoch,
"requestId": "$context.requestId",
#set($map = $context.identity)
"identity": $members,
"domainName": "$context.domainName",
#set($map = $context.authorizer)
"authorizer": $members,
"apiId": "$context.apiId"
},
"body": "$util.escapeJavaScript("$body").replaceAll("\\\\'", "'")",
"isBase64Encoded": false
}
#end
{"input": "$util.escapeJavaScript("$event").replaceAll("\\\\'", "'")", "name": "$context.requestId", "stateMachineArn": "\${StateMachineArn}"}`;
