import { ownMember, type JsonObject, type JsonValue } from "../../../expression/json.ts";
import {
  defined,
  getAtt,
  ref,
  type Resources,
  type SamExpansion,
  type SamResource,
} from "../expansion.ts";
import { addedRoute } from "../apis/api-event.ts";
import { stateMachineIntegration } from "../apis/integrations.ts";
import { trustOf } from "../policies/execution-role.ts";
import { expandEvents, made, type ExpandEvent, type SamEvent } from "./event.ts";
import { patternRule, ruleTarget, scheduleRule } from "./rule-events.ts";
import { scheduleEvent } from "./schedule-event.ts";

/** All that the events of a state machine make; `target` is the machine, or its alias. */
export function stateMachineEvents(
  resource: SamResource,
  target: JsonObject,
  expansion: SamExpansion,
): Resources {
  return expandEvents(resource, { arn: target, name: target }, expansion, types);
}

const types: { readonly [type: string]: ExpandEvent } = {
  Schedule: (event) => rule(event, scheduleRule(event)),
  CloudWatchEvent: (event) => rule(event, patternRule(event)),
  EventBridgeRule: (event) => rule(event, patternRule(event)),
  ScheduleV2: (event) =>
    scheduleEvent(event, {
      policyName: `${event.logicalId}StartExecutionPolicy`,
      action: "states:StartExecution",
      resource: ref(event.resource.logicalId),
    }),
  Api: api,
};

function rule(event: SamEvent, properties: JsonObject): Resources {
  const roleId = `${event.logicalId}Role`;
  const { target, resources } = ruleTarget(event, "StepFunctionsTarget", getAtt(roleId, "Arn"));
  return {
    [event.logicalId]: made(event, "AWS::Events::Rule", { ...properties, Targets: [target] }),
    [roleId]: startingRole(event, "events.amazonaws.com", roleId),
    ...resources,
  };
}

function api(event: SamEvent): Resources {
  const roleId = `${event.logicalId}Role`;
  const unescaped = ownMember(event.properties, "UnescapeMappingTemplate") === true;
  addedRoute(event, stateMachineIntegration(event.target.arn, getAtt(roleId, "Arn"), unescaped), {
    "200": { description: "OK" },
    "400": { description: "Bad Request" },
  });
  return { [roleId]: startingRole(event, "apigateway.amazonaws.com", roleId) };
}

/** The role as which a service starts the machine. Observed: what its policy is called. */
function startingRole(event: SamEvent, service: string, policyPrefix: string): JsonObject {
  const arn: JsonValue = ref(event.resource.logicalId);
  const boundary = ownMember(event.properties, "PermissionsBoundary");
  const own = ownMember(event.resource.properties, "PermissionsBoundary");
  return made(
    event,
    "AWS::IAM::Role",
    defined({
      AssumeRolePolicyDocument: trustOf(service),
      Policies: [
        {
          PolicyName: `${policyPrefix}StartExecutionPolicy`,
          PolicyDocument: {
            Statement: [{ Effect: "Allow", Action: "states:StartExecution", Resource: arn }],
          },
        },
      ],
      PermissionsBoundary: boundary ?? own,
    }),
  );
}
