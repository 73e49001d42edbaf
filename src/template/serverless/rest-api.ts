import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { scalarText } from "../functions/scalar-text.ts";
import { corsMethod } from "../sam/apis/api-definition.ts";
import { functionIntegration } from "../sam/apis/integrations.ts";
import { anyMethod } from "../sam/apis/api-route.ts";
import { defined, getAtt, hashed, ref } from "../sam/expansion.ts";
import { trustOf } from "../sam/policies/execution-role.ts";
import { TemplateError } from "../template.ts";
import { type HttpAuthorizers, securityOf } from "./http-authorizers.ts";
import { functionId, normalized, stateMachineId } from "./names.ts";
import { memberObject, type ServerlessService } from "./service.ts";
import { actionOf, stateMachineMethod } from "./state-machine-method.ts";

/** An `http` event: a method of the service's REST API. */
export interface HttpEvent {
  readonly owner: string;
  readonly settings: JsonObject;
  readonly path: string;
  /** In lower case, or {@link anyMethod}. */
  readonly method: string;
  readonly target:
    | { readonly type: "function"; readonly logicalId: string }
    | { readonly type: "stateMachine"; readonly logicalId: string };
}

const apiId = "ApiGatewayRestApi";
/** Documented by serverless-step-functions: the role of all methods that name none. */
const startingRoleId = "ApigatewayToStepFunctionsRole";

/**
 * The REST API of all `http` events, with its deployment and its stage. Logical ids are the framework's and the plugin's. *Our choice*: its
 * methods are in one OpenAPI document, so that another one is another deployment.
 */
export function restApiResources(service: ServerlessService): JsonObject {
  const events = httpEvents(service);
  if (events.length === 0) return {};
  const settings = memberObject(service.provider, "apiGateway");
  const security: HttpAuthorizers = new Map();
  const body: JsonObject = {
    swagger: "2.0",
    info: { title: `${service.stage}-${service.name}`, version: "1.0" },
    paths: pathsOf(events, security),
    securityDefinitions: Object.fromEntries(security),
  };
  const deploymentId = `ApiGatewayDeployment${hashed(body)}`;
  return {
    [apiId]: {
      Type: "AWS::ApiGateway::RestApi",
      Properties: defined({
        Name: `${service.stage}-${service.name}`,
        Body: body,
        BinaryMediaTypes: ownMember(settings, "binaryMediaTypes"),
        ApiKeySourceType: scalarText(ownMember(settings, "apiKeySourceType"))?.toUpperCase(),
        Description: ownMember(settings, "description"),
      }),
    },
    [deploymentId]: {
      Type: "AWS::ApiGateway::Deployment",
      Properties: { RestApiId: ref(apiId), StageName: service.stage },
    },
    ...startingRole(events),
    ...permissions(events),
    ...keys(settings, service, deploymentId),
  };
}

function httpEvents(service: ServerlessService): readonly HttpEvent[] {
  const read = (
    owners: JsonObject,
    kind: string,
    target: (key: string, written: JsonObject) => HttpEvent["target"],
  ) =>
    Object.keys(owners).flatMap((key) => {
      const written = memberObject(owners, key);
      const events = ownMember(written, "events") ?? [];
      return (isJsonArray(events) ? events : [events])
        .filter((event): event is JsonObject => isJsonObject(event) && Object.hasOwn(event, "http"))
        .map(({ http = null }) => httpEvent(http, `${kind} ${key}`, target(key, written)));
    });
  return [
    ...read(service.functions, "function", (key) => ({
      type: "function",
      logicalId: functionId(key),
    })),
    ...read(service.stateMachines, "state machine", (key, written) => ({
      type: "stateMachine",
      logicalId: stateMachineId(
        key,
        scalarText(ownMember(written, "id")) ?? scalarText(ownMember(written, "name")),
      ),
    })),
  ];
}

/** What an `http` event of a function may have: its proxy needs no more. */
const ofFunctions = [
  "path",
  "method",
  "cors",
  "private",
  "authorizer",
  "async",
  "integration",
  "operationId",
];
const ofStateMachines = [
  "path",
  "method",
  "cors",
  "private",
  "authorizer",
  "action",
  "iamRole",
  "request",
  "response",
  "responses",
  "timeoutInMillis",
  "operationId",
];

function httpEvent(written: JsonValue, owner: string, target: HttpEvent["target"]): HttpEvent {
  const settings = isJsonObject(written) ? written : fromText(written);
  const known = target.type === "function" ? ofFunctions : ofStateMachines;
  const unknown = Object.keys(settings).find((name) => !known.includes(name));
  const integration = scalarText(ownMember(settings, "integration"))?.toLowerCase();
  const isProxy = integration === undefined || /^(?:lambda|aws)[-_]proxy$/.test(integration);
  if (unknown !== undefined || !isProxy || ownMember(settings, "async") === true) {
    const what = unknown ?? (isProxy ? "async" : `integration ${integration}`);
    throw new TemplateError(
      `Stepwell does not know ${what} of http events in serverless.yml (${owner}); use an AWS::Serverless::Api in resources.`,
    );
  }
  const method = (scalarText(ownMember(settings, "method")) ?? "get").toLowerCase();
  const path = (scalarText(ownMember(settings, "path")) ?? "").replace(/^\//, "");
  return {
    owner,
    settings,
    path: `/${path}`,
    method: method === "any" ? anyMethod : method,
    target,
  };
}

function fromText(written: JsonValue): JsonObject {
  const [method = "", path = ""] = (scalarText(written) ?? "").split(/\s+/);
  return { method, path };
}

function pathsOf(events: readonly HttpEvent[], security: HttpAuthorizers): JsonObject {
  const paths: Record<string, Record<string, JsonValue>> = {};
  const cors = new Map<string, JsonObject>();
  for (const event of events) {
    const path = (paths[event.path] ??= {});
    const origins = corsOf(event.settings);
    if (origins !== undefined) cors.set(event.path, origins);
    path[event.method] = {
      ...(event.target.type === "function"
        ? {
            responses: {},
            "x-amazon-apigateway-integration": functionIntegration({
              arn: getAtt(event.target.logicalId, "Arn"),
              name: ref(event.target.logicalId),
            }),
          }
        : stateMachineMethod(event.settings, {
            machine: event.target.logicalId,
            role: ownMember(event.settings, "iamRole") ?? getAtt(startingRoleId, "Arn"),
            allowOrigin: origins && ownMember(origins, "AllowOrigin"),
            owner: event.owner,
          })),
      ...securityOf(event, security),
    };
  }
  for (const [path, settings] of cors) {
    const methods = paths[path] ?? {};
    paths[path] = { ...methods, options: corsMethod(settings, Object.keys(methods)) };
  }
  return paths;
}

/** *Documented*: what browsers are told where `cors` is only `true`. */
const usualHeaders = [
  "Content-Type",
  "X-Amz-Date",
  "Authorization",
  "X-Api-Key",
  "X-Amz-Security-Token",
  "X-Amz-User-Agent",
];

function corsOf(settings: JsonObject): JsonObject | undefined {
  const written = ownMember(settings, "cors");
  if (written === undefined || written === false || written === null) return undefined;
  const cors = isJsonObject(written) ? written : {};
  const quoted = (value: JsonValue | undefined): string | undefined => {
    const text = isJsonArray(value ?? null)
      ? (value as readonly JsonValue[]).map(String).join(",")
      : scalarText(value);
    return text === undefined ? undefined : `'${text}'`;
  };
  return defined({
    AllowOrigin: quoted(ownMember(cors, "origins") ?? ownMember(cors, "origin") ?? "*"),
    AllowHeaders: quoted(ownMember(cors, "headers") ?? usualHeaders),
    AllowMethods: quoted(ownMember(cors, "methods")),
    MaxAge: quoted(ownMember(cors, "maxAge")),
    AllowCredentials: ownMember(cors, "allowCredentials") === true ? true : undefined,
  });
}

/** *Documented*: the plugin's role, if any method needs it: it may do what the methods do. */
function startingRole(events: readonly HttpEvent[]): JsonObject {
  const own = events.filter(
    ({ target, settings }) =>
      target.type === "stateMachine" && ownMember(settings, "iamRole") === undefined,
  );
  if (own.length === 0) return {};
  const actions = own.map(({ settings }) => `states:${actionOf(settings)}`);
  return {
    [startingRoleId]: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: trustOf("apigateway.amazonaws.com"),
        Policies: [
          {
            PolicyName: "apigatewaytostepfunctions",
            PolicyDocument: {
              Version: "2012-10-17",
              Statement: [{ Effect: "Allow", Action: [...new Set(actions)], Resource: "*" }],
            },
          },
        ],
      },
    },
  };
}

function permissions(events: readonly HttpEvent[]): JsonObject {
  const functions = events.flatMap(({ target }) =>
    target.type === "function" ? [target.logicalId] : [],
  );
  return Object.fromEntries(
    [...new Set(functions)].map((logicalId) => [
      logicalId.replace(/LambdaFunction$/, "LambdaPermissionApiGateway"),
      {
        Type: "AWS::Lambda::Permission",
        Properties: {
          FunctionName: getAtt(logicalId, "Arn"),
          Action: "lambda:InvokeFunction",
          Principal: "apigateway.amazonaws.com",
          SourceArn: {
            "Fn::Sub": `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${${apiId}}/*/*`,
          },
        },
      },
    ]),
  );
}

/** `provider.apiGateway.apiKeys` and `usagePlan`: *documented*, one plan with all keys. */
function keys(settings: JsonObject, service: ServerlessService, deploymentId: string): JsonObject {
  const written = ownMember(settings, "apiKeys");
  const names = written !== undefined && isJsonArray(written) ? written : [];
  const plan = memberObject(settings, "usagePlan");
  if (names.length === 0 && Object.keys(plan).length === 0) return {};
  const planId = "ApiGatewayUsagePlan";
  const throttle = memberObject(plan, "throttle");
  const quota = memberObject(plan, "quota");
  const resources: Record<string, JsonValue> = {
    [planId]: {
      Type: "AWS::ApiGateway::UsagePlan",
      DependsOn: deploymentId,
      Properties: defined({
        UsagePlanName: `${service.name}-${service.stage}`,
        ApiStages: [{ ApiId: ref(apiId), Stage: service.stage }],
        Throttle: capitalized(throttle),
        Quota: capitalized(quota),
      }),
    },
  };
  for (const [index, key] of names.entries()) {
    const name = isJsonObject(key) ? ownMember(key, "name") : key;
    const keyId = `ApiGatewayApiKey${normalized(scalarText(name) ?? "")}${String(index + 1)}`;
    const { value, description } = isJsonObject(key) ? key : {};
    resources[keyId] = {
      Type: "AWS::ApiGateway::ApiKey",
      DependsOn: deploymentId,
      Properties: defined({ Enabled: true, Name: name, Value: value, Description: description }),
    };
    resources[`ApiGatewayUsagePlanKey${String(index + 1)}`] = {
      Type: "AWS::ApiGateway::UsagePlanKey",
      Properties: { KeyId: ref(keyId), KeyType: "API_KEY", UsagePlanId: ref(planId) },
    };
  }
  return resources;
}

function capitalized(object: JsonObject): JsonObject | undefined {
  const entries = Object.entries(object);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.map(([name, value]) => [name.charAt(0).toUpperCase() + name.slice(1), value]),
  );
}
