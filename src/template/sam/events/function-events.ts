import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../../expression/json.ts";
import { addedHttpRoute, addedRoute } from "../apis/api-event.ts";
import type { ApiRoute } from "../apis/api-route.ts";
import { functionIntegration } from "../apis/integrations.ts";
import {
  defined,
  getAtt,
  invalidEvent,
  objectMember,
  picked,
  ref,
  type Resources,
  type SamExpansion,
  type SamResource,
} from "../expansion.ts";
import {
  expandEvents,
  made,
  required,
  type EventTarget,
  type ExpandEvent,
  type SamEvent,
} from "./event.ts";
import { mappingPolicies, mappingTypes } from "./mapping-events.ts";
import { patternRule, ruleTarget, scheduleRule } from "./rule-events.ts";
import { scheduleEvent } from "./schedule-event.ts";

/** All that the events of a function make; `target` is the function, or its alias. */
export function functionEvents(
  resource: SamResource,
  target: EventTarget,
  expansion: SamExpansion,
): Resources {
  return expandEvents(resource, target, expansion, types);
}

/** The managed policies that a function needs to read from its events' sources. */
export function eventPolicies(properties: JsonObject): readonly string[] {
  const events = Object.values(objectMember(properties, "Events") ?? {});
  const names = events.map((event) =>
    isJsonObject(event) ? mappingPolicies.get(ownMember(event, "Type")) : undefined,
  );
  return [...new Set(names.filter((name) => name !== undefined))];
}

const types: { readonly [type: string]: ExpandEvent } = {
  Schedule: (event) => rule(event, scheduleRule(event)),
  CloudWatchEvent: (event) => rule(event, patternRule(event)),
  EventBridgeRule: (event) => rule(event, patternRule(event)),
  ScheduleV2: (event) =>
    scheduleEvent(event, {
      policyName: `${event.logicalId}LambdaPolicy`,
      action: "lambda:InvokeFunction",
      resource: event.target.arn,
    }),
  Api: api,
  HttpApi: httpApi,
  S3: bucket,
  SNS: topic,
  CloudWatchLogs: logs,
  AlexaSkill: (event) => ({
    [`${event.logicalId}Permission`]: permission(event, "alexa-appkit.amazon.com", {
      ...(ownMember(event.properties, "SkillId") !== undefined && {
        EventSourceToken: ownMember(event.properties, "SkillId") as JsonValue,
      }),
    }),
  }),
  ...mappingTypes,
};

function permission(event: SamEvent, Principal: string, more: JsonObject): JsonObject {
  return made(event, "AWS::Lambda::Permission", {
    Action: "lambda:InvokeFunction",
    FunctionName: event.target.name,
    Principal,
    ...more,
  });
}

function rule(event: SamEvent, properties: JsonObject): Resources {
  const { target, resources } = ruleTarget(event, "LambdaTarget", undefined);
  return {
    [event.logicalId]: made(event, "AWS::Events::Rule", { ...properties, Targets: [target] }),
    [`${event.logicalId}Permission`]: permission(event, "events.amazonaws.com", {
      SourceArn: getAtt(event.logicalId, "Arn"),
    }),
    ...resources,
  };
}

function api(event: SamEvent): Resources {
  const route = addedRoute(event, functionIntegration(event.target), {});
  return route === undefined ? {} : routePermission(event, route, "PermissionProd");
}

function httpApi(event: SamEvent): Resources {
  const version = ownMember(event.properties, "PayloadFormatVersion") ?? "2.0";
  const timeout = ownMember(event.properties, "TimeoutInMillis");
  const route = addedHttpRoute(
    event,
    defined({
      ...functionIntegration(event.target),
      payloadFormatVersion: version,
      timeoutInMillis: timeout,
    }),
  );
  return route === undefined ? {} : routePermission(event, route, "Permission");
}

function routePermission(event: SamEvent, route: ApiRoute, suffix: string): Resources {
  const isDefault = route.path === "$default";
  const method = route.method.startsWith("x-amazon") ? "*" : route.method.toUpperCase();
  const path = route.path.replaceAll(/\{[^}]*\}/g, "*");
  const resource = isDefault ? "*" : `${method}${path}`;
  return {
    [`${event.logicalId}${suffix}`]: permission(event, "apigateway.amazonaws.com", {
      SourceArn: {
        "Fn::Sub": [
          `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/\${__Stage__}/${resource}`,
          { __Stage__: "*", __ApiId__: ref(route.apiId) },
        ],
      },
    }),
  };
}

/** A bucket of this template gets the notification; its permission has to be there first. */
function bucket(event: SamEvent): Resources {
  const written = required(event, "Bucket");
  const bucketId = isJsonObject(written) ? ownMember(written, "Ref") : undefined;
  if (typeof bucketId !== "string" || event.expansion.resource(bucketId) === undefined) {
    throw invalidEvent(
      event.expansion,
      event.resource.logicalId,
      event.name,
      "S3 events must reference an S3 bucket in the same template.",
    );
  }
  const permissionId = `${event.logicalId}Permission`;
  const kinds = required(event, "Events");
  const filter = ownMember(event.properties, "Filter");
  const configurations = (isJsonArray(kinds) ? kinds : [kinds]).map((Event) =>
    defined({ Event, Function: event.target.arn, Filter: filter }),
  );
  event.expansion.change(bucketId, (resource) => notified(resource, configurations, permissionId));
  return {
    [permissionId]: permission(event, "s3.amazonaws.com", { SourceAccount: ref("AWS::AccountId") }),
  };
}

function notified(
  resource: JsonObject,
  configurations: readonly JsonObject[],
  permissionId: string,
): JsonObject {
  const properties = objectMember(resource, "Properties") ?? {};
  const notification = objectMember(properties, "NotificationConfiguration") ?? {};
  const before = ownMember(notification, "LambdaConfigurations") ?? [];
  const dependsOn = ownMember(resource, "DependsOn") ?? [];
  return {
    ...resource,
    DependsOn: [...(isJsonArray(dependsOn) ? dependsOn : [dependsOn]), permissionId],
    Properties: {
      ...properties,
      NotificationConfiguration: {
        ...notification,
        LambdaConfigurations: [...(isJsonArray(before) ? before : []), ...configurations],
      },
    },
  };
}

function topic(event: SamEvent): Resources {
  const arn = required(event, "Topic");
  if (ownMember(event.properties, "SqsSubscription") !== undefined) {
    throw invalidEvent(
      event.expansion,
      event.resource.logicalId,
      event.name,
      "Stepwell does not make the queue of SqsSubscription; subscribe a queue of the template, and give the function an event of type SQS.",
    );
  }
  return {
    [event.logicalId]: made(event, "AWS::SNS::Subscription", {
      Endpoint: event.target.arn,
      Protocol: "lambda",
      TopicArn: arn,
      ...picked(event.properties, ["FilterPolicy", "FilterPolicyScope", "RedrivePolicy", "Region"]),
    }),
    [`${event.logicalId}Permission`]: permission(event, "sns.amazonaws.com", { SourceArn: arn }),
  };
}

function logs(event: SamEvent): Resources {
  const group = required(event, "LogGroupName");
  const permissionId = `${event.logicalId}Permission`;
  return {
    [event.logicalId]: {
      ...made(event, "AWS::Logs::SubscriptionFilter", {
        DestinationArn: event.target.arn,
        FilterPattern: required(event, "FilterPattern"),
        LogGroupName: group,
      }),
      DependsOn: [permissionId],
    },
    [permissionId]: permission(event, "logs.amazonaws.com", {
      SourceArn: {
        "Fn::Sub": [
          "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${__LogGroupName__}:*",
          { __LogGroupName__: group },
        ],
      },
    }),
  };
}
