import type { TaskRequest } from "../../ports/task-handler.ts";
import { eksKubernetes } from "../../asl/resources/integrations/eks-kubernetes.ts";
import { isJsonObject } from "../../expression/json.ts";
import type { ActionDescription } from "../described/description.ts";
import type { Permission } from "../described/permission.ts";
import { ownPermissions } from "./own-permissions.ts";
import { sdkPermission } from "./sdk-permissions.ts";
import { descriptions } from "../descriptions/descriptions.ts";

const sdk = "aws-sdk:";

/**
 * What the role of a machine (or of `Credentials`) has to be allowed for a task of this resource: the call, and for a job
 * the looks at it and its end. Nothing for what is not served.
 */
export function taskPermissions(resource: TaskRequest["resource"]): readonly Permission[] {
  if (resource.kind === "lambda") return forFunction;
  const { resourceType, action, pattern } = resource;
  if (resourceType.startsWith(sdk)) return [sdkPermission(resourceType.slice(sdk.length), action)];
  if (resourceType === "lambda") return [invokeFunction];
  if (resourceType === "http") return [invokeEndpoint];
  if (resourceType === "apigateway") return [invokeApi];
  if (resourceType === "eks" && Object.hasOwn(eksKubernetes, action)) return [callKubernetes];
  if (resourceType === "stepwell" && isOwn(action)) return [ownPermissions[action]];
  const described = describedAction(resource);
  if (described === undefined) return [];
  const { permission, before, after, job } = described;
  const own = [permission, before?.permission, after?.permission].filter(
    (one) => one !== undefined,
  );
  if (!pattern.startsWith("sync") || job?.ends !== "by look") return own;
  const calls = [job.look, job.lookAtMany, job.cancel].filter((call) => call !== undefined);
  return [...own, ...calls.map((call) => ({ action: call.permission }))];
}

/** What the role has to be allowed for the calls that this task makes at once, and waits for. */
export function callPermissions({
  resource,
  parameters,
}: Pick<TaskRequest, "resource" | "parameters">): readonly Permission[] {
  // Its parameters say nothing of it, and need not be parsed.
  if (resource.kind === "lambda") return forFunction;
  const [own] = taskPermissions(resource);
  if (own === undefined) return [];
  const { before, after } = describedAction(resource) ?? {};
  const { value } = parameters;
  if (!isJsonObject(value)) return [own];
  // An API that asks nobody who he is needs no role.
  if (own === invokeApi && (value["AuthType"] ?? "NO_AUTH") === "NO_AUTH") return [];
  const asksBefore = before?.parameters(value) !== undefined;
  const asksAfter = after?.parameters({}, value) !== undefined;
  return [
    own,
    ...(before !== undefined && asksBefore ? [before.permission] : []),
    ...(after !== undefined && asksAfter ? [after.permission] : []),
  ];
}

function isOwn(action: string): action is keyof typeof ownPermissions {
  return Object.hasOwn(ownPermissions, action);
}

function describedAction(resource: TaskRequest["resource"]): ActionDescription | undefined {
  if (resource.kind === "lambda") return undefined;
  const { resourceType, action } = resource;
  const actions = descriptions.find(({ service }) => service === resourceType)?.actions ?? {};
  return Object.hasOwn(actions, action) ? actions[action] : undefined;
}

/**
 * Whether the task calls this engine's own API, which asks by itself whether the caller may: at AWS, too, it is the service
 * that is called which refuses.
 */
export function callsThisEngine(resource: TaskRequest["resource"]): boolean {
  if (resource.kind === "lambda") return false;
  const { resourceType } = resource;
  const described = descriptions.find(({ service }) => service === resourceType);
  return resourceType === "aws-sdk:sfn" || described?.calls === "this engine";
}

/** For a Lambda ARN, which has no such parameter, the resource is that ARN. */
const invokeFunction: Permission = {
  action: "lambda:InvokeFunction",
  resource: { parameters: ["FunctionName"], as: "function", qualifier: "Qualifier" },
};

const forFunction: readonly Permission[] = [invokeFunction];

/** *Documented*: call HTTPS APIs, IAM permissions; those for the connection are EventBridge's to ask for. */
const invokeEndpoint: Permission = {
  action: "states:InvokeHTTPEndpoint",
  resource: { parameters: [], as: "machine" },
  conditions: { "states:HTTPEndpoint": "ApiEndpoint", "states:HTTPMethod": "Method" },
};

/** *Documented*: API Gateway, Service Authorization Reference. */
const invokeApi: Permission = {
  action: "execute-api:Invoke",
  resource: { parameters: ["ApiEndpoint"], as: "api host" },
};

/**
 * *Our choice*: AWS leaves it to the cluster, which knows a role by its token. Here the token may be the server's own, so that somebody
 * has to be asked; the action is the one of EKS's console.
 */
const callKubernetes: Permission = {
  action: "eks:AccessKubernetesApi",
  resource: {
    parameters: ["ClusterName"],
    as: "name",
    arn: "arn:{partition}:eks:{region}:{account}:cluster/{name}",
  },
};
