import { createHash } from "node:crypto";
import type { MadeResource } from "../../template/template.ts";
import type { StackPlace } from "./provider.ts";

/**
 * What references to a resource come to whose type is not made here: names of the stack and the logical id, always the same, so that
 * a template of which a part runs elsewhere can be deployed.
 */
export function madeUpReferences(
  type: string,
  physicalId: string,
  stack: Pick<StackPlace, "partition" | "region" | "accountId">,
): MadeResource {
  const arn = madeUpArn(type, physicalId, stack);
  const attributeOf = (name: string) => (name.endsWith("Arn") ? arn : `${physicalId}-${name}`);
  const handler: ProxyHandler<{ [name: string]: string }> = {
    getOwnPropertyDescriptor: (_, name) => ({
      value: attributeOf(String(name)),
      configurable: true,
      enumerable: true,
    }),
    get: (_, name) => attributeOf(String(name)),
  };
  return {
    ref: refersByArn.has(type) ? arn : physicalId,
    attributes: new Proxy<{ [name: string]: string }>({}, handler),
  };
}

/** *Documented*: types whose `Ref` is an ARN, which templates take apart. */
const refersByArn: ReadonlySet<string> = new Set([
  "AWS::Batch::ComputeEnvironment",
  "AWS::Batch::JobDefinition",
  "AWS::Batch::JobQueue",
  "AWS::CertificateManager::Certificate",
  "AWS::ECS::Service",
  "AWS::ECS::TaskDefinition",
  "AWS::ElasticLoadBalancingV2::Listener",
  "AWS::ElasticLoadBalancingV2::LoadBalancer",
  "AWS::ElasticLoadBalancingV2::TargetGroup",
  "AWS::SNS::Topic",
  "AWS::SecretsManager::Secret",
]);

/** *Documented*: ARNs that are not like most, `arn:aws:ecr:us-east-1:123456789012:repository/NAME`. */
const shapes: {
  readonly [type: string]: (name: string) => readonly [service: string, resource: string];
} = {
  "AWS::Batch::ComputeEnvironment": (name) => ["batch", `compute-environment/${name}`],
  "AWS::Batch::JobDefinition": (name) => ["batch", `job-definition/${name}:1`],
  "AWS::Batch::JobQueue": (name) => ["batch", `job-queue/${name}`],
  "AWS::CertificateManager::Certificate": (name) => ["acm", `certificate/${name}`],
  "AWS::ECS::TaskDefinition": (name) => ["ecs", `task-definition/${name}:1`],
  "AWS::ElasticLoadBalancingV2::TargetGroup": (name) => [
    "elasticloadbalancing",
    `targetgroup/${name}`,
  ],
  "AWS::Lambda::Function": (name) => ["lambda", `function:${name}`],
  "AWS::SNS::Topic": (name) => ["sns", name],
  "AWS::SQS::Queue": (name) => ["sqs", name],
  "AWS::SecretsManager::Secret": (name) => ["secretsmanager", `secret:${name}`],
  "AWS::Events::EventBus": (name) => ["events", `event-bus/${name}`],
  "AWS::CloudWatch::Alarm": (name) => ["cloudwatch", `alarm:${name}`],
  "AWS::CloudWatch::CompositeAlarm": (name) => ["cloudwatch", `alarm:${name}`],
  "AWS::Logs::LogGroup": (name) => ["logs", `log-group:${name}:*`],
};

function madeUpArn(
  type: string,
  physicalId: string,
  { partition, region, accountId }: Pick<StackPlace, "partition" | "region" | "accountId">,
): string {
  const [, of = "custom", kind = "resource"] = type.split("::");
  const usual = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}/${physicalId}`;
  const [service, resource] = shapes[type]?.(physicalId) ?? [of.toLowerCase(), usual];
  return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
}

/** *Observed*: CloudFormation's names end in letters and digits that are no other resource's. Ours come of what they are for. */
export function generatedName(
  { name, stackId }: Pick<StackPlace, "name" | "stackId">,
  logicalId: string,
  generation: number,
  { maxLength, isLowerCase }: { readonly maxLength: number; readonly isLowerCase?: true },
): string {
  const ending = createHash("sha256")
    .update(`${stackId}\n${logicalId}\n${generation}`)
    .digest("base64url")
    .replaceAll(/[^A-Za-z0-9]/g, "")
    .slice(0, 12)
    .toUpperCase();
  const room = Math.max(maxLength - ending.length - 2, 8);
  const stackRoom = Math.max(room - logicalId.length, Math.floor(room / 2));
  const stack = name.slice(0, stackRoom);
  const generated = `${stack}-${logicalId.slice(0, room - stack.length)}-${ending}`.slice(
    0,
    maxLength,
  );
  return isLowerCase === true ? generated.toLowerCase() : generated;
}
