import { integrationAction } from "../../asl/resources/optimized-integrations.ts";
import { isJsonObject } from "../../expression/json.ts";
import type { Payload } from "../../expression/payload.ts";
import { taskCaller, taskPrincipal } from "../../ports/caller.ts";
import type {
  TaskControl,
  TaskHandler,
  TaskOutcome,
  TaskRequest,
} from "../../ports/task-handler.ts";
import { roleNotAssumed } from "../aws/call-failures.ts";
import { signedHeaders, signingCredentials } from "../aws/signature.ts";
import { taskRole } from "../aws/task-role.ts";
import type { SdkClients } from "../aws/sdk-clients.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import { parameterProblems } from "../described/parameter-problems.ts";
import type { Header, HttpClient } from "../http/http-client.ts";
import { createSecretMask } from "../redaction/secret-mask.ts";
import { ownApiOf } from "../http/own-apis.ts";
import { serviceResult } from "../http/service-result.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { invalidField, invalidParameters, parametersRefusal } from "../invalid-parameters.ts";
import type { ApiGatewayConfiguration } from "./api-gateway-configuration.ts";
import {
  type ApiGatewayCall,
  apiGatewayCall,
  apiGatewayProblems,
} from "./api-gateway-parameters.ts";

/** Our choice: longer than API Gateway lets any of its APIs take. */
const timeoutMs = 60_000;

export interface ApiGatewayOptions extends Pick<IntegrationOptions, "clock" | "aws" | "ownApis"> {
  readonly configuration: ApiGatewayConfiguration;
  readonly clients: Pick<SdkClients, "connect" | "roles">;
  /** Calls what a definition names. */
  readonly client: HttpClient;
  /** Calls what the configuration names, wherever that is. */
  readonly trustedClient: HttpClient;
}

/** `arn:aws:states:::apigateway:invoke`, also with `.waitForTaskToken`. */
export function apiGatewayInvoke(options: ApiGatewayOptions): TaskHandler {
  const { configuration, client, trustedClient, ownApis } = options;
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "apigateway" &&
      resource.action === "invoke" &&
      (resource.pattern === "requestResponse" || resource.pattern === "waitForTaskToken"),
    refuseParameters: (_, parameters) => parametersRefusal(parameters, problemsOf(parameters)),
    async run(request, control) {
      const { parameters } = request;
      const problems = problemsOf(parameters);
      if (problems.length > 0 || !isJsonObject(parameters.value)) {
        return invalidParameters(parameters, problems);
      }
      const call = apiGatewayCall(parameters.value, configuration);
      if (call === undefined) return invalidParameters(parameters, [invalidField("ApiEndpoint")]);
      if (call.region !== undefined && (await ownApiOf(ownApis, call.url)) !== undefined) {
        return send(call, client, { request, control });
      }
      const headers = await headersOf(call, request, options);
      if ("type" in headers) return headers;
      return send({ ...call, headers }, call.region === undefined ? trustedClient : client, {
        request,
        control,
      });
    },
  };
}

async function send(
  { method, url, headers, body, isSigned }: ApiGatewayCall,
  client: HttpClient,
  { request, control }: { readonly request: TaskRequest; readonly control: TaskControl },
): Promise<TaskOutcome> {
  const { signal } = control;
  const caller = isSigned ? taskCaller(taskPrincipal(request)) : undefined;
  const outcome = await client.send({ method, url, headers, body, caller, signal, timeoutMs });
  return serviceResult(outcome, "ApiGateway", request, createSecretMask(secretsOf(headers)));
}

/** What of a signed request nobody else may use, should the API give it back. */
function secretsOf(headers: readonly Header[]): readonly string[] {
  return headers
    .filter(([name]) => ["authorization", "x-amz-security-token"].includes(name.toLowerCase()))
    .map(([, value]) => value);
}

/**
 * The headers, with a signature where one is asked for. *Documented*: `RESOURCE_POLICY` signs for Step Functions itself; *our choice*,
 * as nobody else can: as with `IAM_ROLE`, which is the role of the task.
 */
async function headersOf(
  call: ApiGatewayCall,
  request: TaskRequest,
  { clients, clock, aws }: ApiGatewayOptions,
): Promise<readonly Header[] | TaskOutcome> {
  if (!call.isSigned) return call.headers;
  const region = call.region ?? scopeOfArn(request.executionArn).region;
  const found = await signingCredentials(clients, region, taskRole(request, aws));
  if (found.type === "none") return noCredentials();
  if (found.type === "notAssumed") return roleNotAssumed(found.cause);
  const { credentials } = found;
  const { method, url, body } = call;
  const scope = { service: "execute-api", region, credentials, at: clock.now() };
  return [...call.headers, ...Object.entries(await signedHeaders({ method, url, body }, scope))];
}

function problemsOf({ value }: Payload): readonly string[] {
  const table = integrationAction("apigateway", "invoke")?.parameters ?? {};
  const problems = parameterProblems(table, value);
  if (problems.length > 0) return problems;
  return isJsonObject(value) ? apiGatewayProblems(value) : ["The parameters must be an object"];
}

function noCredentials(): TaskOutcome {
  return {
    type: "failed",
    error: "ApiGateway.SdkClientException",
    cause:
      "Unable to load AWS credentials from any provider in the chain: the AWS SDK is not configured, which the request is to be signed with",
  };
}
