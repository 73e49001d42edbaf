import {
  type IntegrationAction,
  type ParameterKind,
  requiredParameters,
} from "../../../asl/resources/integration-action.ts";
import { optimizedIntegrations } from "../../../asl/resources/optimized-integrations.ts";
import type { IntegrationPattern } from "../../../asl/resources/resource.ts";
import { sdkServiceName } from "../../../integrations/aws/service-names.ts";
import { descriptions } from "../../../integrations/descriptions/descriptions.ts";
import { serviceTitles } from "../../../integrations/doctor/called-services.ts";
import type { ActionMember, ActionService, TaskAction } from "../../view-types.ts";
import { pickedOf } from "./picked-members.ts";

/** A service of the catalogue before it is known who answers. */
export type DescribedService = Omit<ActionService, "availability">;

/** What is Stepwell's own, which has a prefix of its own. */
export const ownService = "stepwell";

const titles: Readonly<Record<string, string>> = {
  ...serviceTitles,
  apigateway: "API Gateway",
  http: "HTTP",
  lambda: "Lambda",
  states: "Step Functions",
  stepwell: "Stepwell",
};

/** What `Resource` may name that is no call of an API, by the service that it is listed with. */
const byArn: Readonly<Record<string, TaskAction>> = {
  lambda: { id: "lambda:function", apiName: "Function", resources: {}, picks: "function" },
  states: { id: "states:activity", apiName: "Activity", resources: {}, picks: "activity" },
};

/** Every action that is described here, of the ARNs' partition; those of SDK integrations are not. */
export function describedServices(partition: string): readonly DescribedService[] {
  return Object.entries(optimizedIntegrations)
    .map(([service, actions]) => {
      const other = byArn[service];
      const called = Object.entries(actions).map(([action, described]) =>
        describedAction(service, action, described, partition),
      );
      return {
        service,
        title: titles[service] ?? service,
        kind: service === ownService ? ("own" as const) : ("optimized" as const),
        ...sdkServiceOf(service),
        actions: other === undefined ? called : [other, ...called],
      };
    })
    .toSorted((a, b) => a.title.localeCompare(b.title, "en"));
}

/** Services whose actions are no operations of an API that the AWS SDK has. */
const withoutClient: ReadonlySet<string> = new Set(["apigateway", "http", ownService]);

function sdkServiceOf(service: string): Pick<DescribedService, "sdkService"> {
  return withoutClient.has(service) ? {} : { sdkService: sdkServiceName(service) };
}

function describedAction(
  service: string,
  action: string,
  described: IntegrationAction,
  partition: string,
): TaskAction {
  const members = membersOf(service, described);
  const { atLeastOne } = described;
  return {
    id: `${service}:${action}`,
    apiName: apiNameOf(service, action),
    resources: resourcesOf(service, action, described.patterns, partition),
    ...(members && { members }),
    ...(atLeastOne && { atLeastOne }),
  };
}

function apiNameOf(service: string, action: string): string {
  const description = descriptions.find((each) => each.service === service);
  const { operation = action } = description?.actions[action] ?? {};
  return operation.charAt(0).toUpperCase() + operation.slice(1);
}

function resourcesOf(
  service: string,
  action: string,
  patterns: readonly IntegrationPattern[],
  partition: string,
): TaskAction["resources"] {
  const arn =
    service === ownService
      ? `arn:stepwell:states:::${action}`
      : `arn:${partition}:states:::${service}:${action}`;
  return Object.fromEntries(
    patterns.map((pattern) => [pattern, pattern === "requestResponse" ? arn : `${arn}.${pattern}`]),
  );
}

function membersOf(
  service: string,
  described: IntegrationAction,
): readonly ActionMember[] | undefined {
  const required = requiredParameters(described);
  if (described.parameters === undefined && required.length === 0) return undefined;
  // Where not all are known, those that it cannot do without are; what they take is not.
  const kinds: readonly (readonly [string, string])[] =
    described.parameters === undefined
      ? required.map((name) => [name, "json"] as const)
      : Object.entries(described.parameters);
  return requiredFirst(
    kinds.map(([name, kind]) => ({
      name,
      type: kind.replace("!", "") as ParameterKind,
      isRequired: required.includes(name),
      ...pickedOf(service, name),
    })),
  );
}

export function requiredFirst(members: readonly ActionMember[]): readonly ActionMember[] {
  return members.toSorted((a, b) => Number(b.isRequired) - Number(a.isRequired));
}
