import type { RestDefinition, RestMethod } from "../../../eventing/rest-api/rest-definition.ts";
import { firstClassSubtypes } from "../api-record.ts";
import type { ServedRoute } from "../served-routes.ts";
import { integrationTarget } from "./integration-target.ts";
import type { RestApiRecord } from "./rest-records.ts";

/** The methods that a stage of a REST API serves, as routes. */
export function servedMethods(
  { id, name }: Pick<RestApiRecord, "id" | "name">,
  stage: string,
  { resources }: RestDefinition,
): readonly ServedRoute[] {
  return Object.values(resources).flatMap(({ path, resourceMethods }) =>
    Object.entries(resourceMethods).map(([httpMethod, method]) => ({
      api: name,
      apiId: id,
      routeKey: `${httpMethod} ${path}`,
      bases: [`/api/${id}/${stage}`],
      ...calledBy(method),
      apiKeyRequired: method.apiKeyRequired,
      authorizationType: method.authorizationType,
      isConfigured: false,
    })),
  );
}

function calledBy({
  methodIntegration,
}: RestMethod): Pick<ServedRoute, "subtype" | "target" | "roleArn"> {
  if (methodIntegration === undefined) {
    return { subtype: undefined, target: undefined, roleArn: undefined };
  }
  const { type, uri = "", credentials: roleArn, requestTemplates = {} } = methodIntegration;
  // Variables of stages may stand in what is called: it is told as it is written.
  const target = uri.includes("${") ? undefined : integrationTarget(methodIntegration, {});
  switch (target?.type) {
    case "stepFunctions":
      return {
        subtype: firstClassSubtypes.find((each) => each.endsWith(`-${target.operation}`)),
        target: machineIn(Object.values(requestTemplates)) ?? uri,
        roleArn,
      };
    case "function":
      return { subtype: undefined, target: target.functionArn, roleArn };
    case "http":
      return { subtype: undefined, target: target.url, roleArn };
    case "mock":
      return { subtype: undefined, target: type, roleArn };
    case "service":
    case undefined:
      return { subtype: undefined, target: uri, roleArn };
  }
}

/** The state machine that a template names: it is a text that makes the call's input of a request. */
function machineIn(templates: readonly string[]): string | undefined {
  for (const template of templates) {
    const [found] = /arn:[\w-]+:states:[\w-]+:\d+:stateMachine:[\w-]+/.exec(template) ?? [];
    if (found !== undefined) return found;
  }
  return undefined;
}
