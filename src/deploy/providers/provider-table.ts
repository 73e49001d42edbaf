import type { FindProvider } from "../plan/plan-change.ts";
import { customResource } from "./cloudformation/custom-resource.ts";
import { nestedStack, nothing } from "./cloudformation/stack.ts";
import { apiDestination, archive, connection, eventBus, rule } from "./events/events.ts";
import { alarm, compositeAlarm, pipe, schedule, scheduleGroup } from "./events/schedules.ts";
import { managedPolicy } from "./iam/managed-policy.ts";
import { policy, policyOf } from "./iam/policy.ts";
import { role } from "./iam/role.ts";
import { accessKey, userOrGroup } from "./iam/user-and-group.ts";
import { lambdaFunction } from "./lambda/function.ts";
import {
  eventSourceMapping,
  lambdaAlias,
  lambdaPermission,
  lambdaVersion,
  layerVersion,
} from "./lambda/function-parts.ts";
import type { ResourceProvider } from "./provider.ts";
import { activity } from "./states/activity.ts";
import { stateMachineAlias } from "./states/alias.ts";
import { stateMachine } from "./states/state-machine.ts";
import { stateMachineVersion } from "./states/version.ts";
import { queue } from "./storage/queue.ts";
import { bucket, logGroup, parameter, table } from "./storage/storage.ts";
import { subscription, topic } from "./storage/topic.ts";
import {
  gatewayResponse,
  requestValidator,
  restAccount,
  restApi,
  restAuthorizer,
  restModel,
  restResource,
} from "./web/rest-api.ts";
import { restMethod } from "./web/rest-method.ts";
import { apiKey, restDeployment, restStage, usagePlan, usagePlanKey } from "./web/rest-stage.ts";
import {
  httpApi,
  httpAuthorizer,
  httpDeployment,
  httpIntegration,
  httpRoute,
  httpStage,
} from "./web/http-api.ts";

/** Every type of resource that is made here. */
const providers: { readonly [type: string]: ResourceProvider } = {
  "AWS::ApiGateway::Account": restAccount,
  "AWS::ApiGateway::ApiKey": apiKey,
  "AWS::ApiGateway::Authorizer": restAuthorizer,
  "AWS::ApiGateway::Deployment": restDeployment,
  "AWS::ApiGateway::GatewayResponse": gatewayResponse,
  "AWS::ApiGateway::Method": restMethod,
  "AWS::ApiGateway::Model": restModel,
  "AWS::ApiGateway::RequestValidator": requestValidator,
  "AWS::ApiGateway::Resource": restResource,
  "AWS::ApiGateway::RestApi": restApi,
  "AWS::ApiGateway::Stage": restStage,
  "AWS::ApiGateway::UsagePlan": usagePlan,
  "AWS::ApiGateway::UsagePlanKey": usagePlanKey,
  "AWS::ApiGatewayV2::Api": httpApi,
  "AWS::ApiGatewayV2::Authorizer": httpAuthorizer,
  "AWS::ApiGatewayV2::Deployment": httpDeployment,
  "AWS::ApiGatewayV2::Integration": httpIntegration,
  "AWS::ApiGatewayV2::Route": httpRoute,
  "AWS::ApiGatewayV2::Stage": httpStage,
  "AWS::CDK::Metadata": nothing,
  "AWS::CloudFormation::CustomResource": customResource("AWS::CloudFormation::CustomResource"),
  "AWS::CloudFormation::Stack": nestedStack,
  "AWS::CloudFormation::WaitConditionHandle": nothing,
  "AWS::CloudWatch::Alarm": alarm,
  "AWS::CloudWatch::CompositeAlarm": compositeAlarm,
  "AWS::DynamoDB::Table": table,
  "AWS::Events::ApiDestination": apiDestination,
  "AWS::Events::Archive": archive,
  "AWS::Events::Connection": connection,
  "AWS::Events::EventBus": eventBus,
  "AWS::Events::Rule": rule,
  "AWS::IAM::AccessKey": accessKey,
  "AWS::IAM::Group": userOrGroup("Group"),
  "AWS::IAM::GroupPolicy": policyOf("Group"),
  "AWS::IAM::ManagedPolicy": managedPolicy,
  "AWS::IAM::Policy": policy,
  "AWS::IAM::Role": role,
  "AWS::IAM::RolePolicy": policyOf("Role"),
  "AWS::IAM::User": userOrGroup("User"),
  "AWS::IAM::UserPolicy": policyOf("User"),
  "AWS::Lambda::Alias": lambdaAlias,
  "AWS::Lambda::EventSourceMapping": eventSourceMapping,
  "AWS::Lambda::Function": lambdaFunction,
  "AWS::Lambda::LayerVersion": layerVersion,
  "AWS::Lambda::Permission": lambdaPermission,
  "AWS::Lambda::Version": lambdaVersion,
  "AWS::Logs::LogGroup": logGroup,
  "AWS::Pipes::Pipe": pipe,
  "AWS::S3::Bucket": bucket,
  "AWS::SNS::Subscription": subscription,
  "AWS::SNS::Topic": topic,
  "AWS::SQS::Queue": queue,
  "AWS::SSM::Parameter": parameter,
  "AWS::Scheduler::Schedule": schedule,
  "AWS::Scheduler::ScheduleGroup": scheduleGroup,
  "AWS::StepFunctions::Activity": activity,
  "AWS::StepFunctions::StateMachine": stateMachine,
  "AWS::StepFunctions::StateMachineAlias": stateMachineAlias,
  "AWS::StepFunctions::StateMachineVersion": stateMachineVersion,
};

export const findProvider: FindProvider = (type) => {
  if (type.startsWith("Custom::")) return customResource(type);
  return Object.hasOwn(providers, type) ? providers[type] : undefined;
};

/** Their names, for documents and messages. */
export const madeTypes: readonly string[] = Object.keys(providers);
