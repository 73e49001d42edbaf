import { textOf } from "../../text-of.ts";
import type { JsonObject, JsonValue } from "../../../expression/json.ts";
import { given, objectIn, objectsIn } from "../members.ts";
import { nameOf, type ResourceProvider } from "../provider.ts";
import { type DeploymentPreference, readPreference } from "./deployment-preference.ts";
import { shiftTraffic } from "./shift-traffic.ts";

/** *Documented*: `AWS::StepFunctions::StateMachineAlias`, by a routing or by a preference how to come to a version. */
export const stateMachineAlias: ResourceProvider = {
  replacing: ["Name"],

  async create(properties, context) {
    checkPreference(properties);
    const name = nameOf(properties, "Name", context, { maxLength: 80 });
    const { members } = await context.call(
      "states",
      "CreateStateMachineAlias",
      given({
        name,
        description: properties["Description"],
        routingConfiguration: routingOf(properties),
      }),
    );
    const arn = textOf(members["stateMachineAliasArn"]);
    return { physicalId: arn, attributes: { Arn: arn } };
  },

  async update(properties, { physicalId, attributes }, context) {
    const preference = checkPreference(properties);
    // What failed with the new version is undone at once.
    if (preference !== undefined && !context.isUndoing) {
      await shiftTraffic(physicalId, preference, context);
    }
    await context.call(
      "states",
      "UpdateStateMachineAlias",
      given({
        stateMachineAliasArn: physicalId,
        // What a template no longer says is gone.
        description: properties["Description"] ?? "",
        routingConfiguration: routingOf(properties),
      }),
    );
    return { physicalId, attributes };
  },

  async adopt(properties, context) {
    const [version] = routingOf(properties);
    const machine = textOf(version?.["stateMachineVersionArn"]).replace(/:\d+$/, "");
    const arn = `${machine}:${nameOf(properties, "Name", context, { maxLength: 80 })}`;
    await context.call("states", "UpdateStateMachineAlias", {
      stateMachineAliasArn: arn,
      routingConfiguration: routingOf(properties),
    });
    return { physicalId: arn, attributes: { Arn: arn } };
  },

  async delete({ physicalId }, { call }) {
    await call("states", "DeleteStateMachineAlias", { stateMachineAliasArn: physicalId });
  },

  async read({ physicalId, properties }, { call }) {
    const { members } = await call("states", "DescribeStateMachineAlias", {
      stateMachineAliasArn: physicalId,
    });
    if (properties["RoutingConfiguration"] === undefined) return properties;
    const routes = objectsIn(members["routingConfiguration"]).map((route) => ({
      StateMachineVersionArn: route["stateMachineVersionArn"] ?? null,
      Weight: route["weight"] ?? null,
    }));
    return { ...properties, RoutingConfiguration: routes };
  },
};

/** *Documented*: a preference and a routing exclude each other. */
function checkPreference(properties: JsonObject): DeploymentPreference | undefined {
  const { DeploymentPreference: preference, RoutingConfiguration } = properties;
  if (preference === undefined) return undefined;
  if (RoutingConfiguration !== undefined) {
    throw new Error(
      "Property validation failure: only one of RoutingConfiguration and DeploymentPreference can be given",
    );
  }
  return readPreference(objectIn(preference));
}

/** Where the alias leads in the end: all of it to the version of a preference. */
function routingOf(properties: JsonObject): readonly JsonObject[] {
  const { DeploymentPreference, RoutingConfiguration } = properties;
  if (DeploymentPreference !== undefined) {
    const { StateMachineVersionArn = null } = objectIn(DeploymentPreference);
    return [{ stateMachineVersionArn: StateMachineVersionArn, weight: 100 }];
  }
  return objectsIn(RoutingConfiguration).map(({ StateMachineVersionArn, Weight }) => ({
    stateMachineVersionArn: StateMachineVersionArn as JsonValue,
    weight: Number(Weight),
  }));
}
