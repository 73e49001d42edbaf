import { InvalidMapping } from "../../../eventing/request-mapping/mapped-value.ts";
import type { RestIntegration } from "../../../eventing/rest-api/rest-definition.ts";

/** What an integration calls. */
export type IntegrationTarget =
  | { readonly type: "mock" }
  | { readonly type: "http"; readonly url: string }
  | { readonly type: "function"; readonly functionArn: string }
  | { readonly type: "stepFunctions"; readonly operation: string; readonly region: string }
  | ServiceTarget;

/** An operation of a service that is called as a Task would. */
export interface ServiceTarget {
  readonly type: "service";
  /** As tasks name it: `eventbridge`. */
  readonly service: string;
  readonly protocol: ServiceProtocol;
  /** Absent: the request's form names it, as it does for a queue. */
  readonly operation?: string;
  /** Of a queue that the URI names. */
  readonly queueUrl?: string;
  readonly region: string;
}

type ServiceProtocol = "json" | "query";

/** What can be called, by the name that API Gateway has for it. *Documented*: each service's protocol. */
const services: {
  readonly [name: string]: { readonly service: string; readonly protocol: ServiceProtocol };
} = {
  dynamodb: { service: "dynamodb", protocol: "json" },
  events: { service: "eventbridge", protocol: "json" },
  firehose: { service: "firehose", protocol: "json" },
  kinesis: { service: "kinesis", protocol: "json" },
  logs: { service: "cloudwatchlogs", protocol: "json" },
  secretsmanager: { service: "secretsmanager", protocol: "json" },
  sns: { service: "sns", protocol: "query" },
  sqs: { service: "sqs", protocol: "query" },
  ssm: { service: "ssm", protocol: "json" },
};

/** Throws an {@link InvalidMapping} for an integration that can never be called. A stage's variables are known only to its requests. */
export function checkTarget(integration: RestIntegration): void {
  const { type, uri = "", credentials } = integration;
  const target = uri.includes("${stageVariables.") ? undefined : integrationTarget(integration, {});
  if (credentials?.includes(":user/") === true) {
    throw new InvalidMapping(
      "Stepwell's integrations act in a role: the caller's own credentials are not handed on",
    );
  }
  if (type === "AWS" && credentials === undefined && target?.type !== "function") {
    throw new InvalidMapping("Role ARN must be specified for AWS integrations");
  }
  if (type === "AWS_PROXY" && target !== undefined && target.type !== "function") {
    throw new InvalidMapping(
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    );
  }
}

/** Reads what an integration calls. Throws an {@link InvalidMapping}. */
export function integrationTarget(
  { type, uri }: RestIntegration,
  stageVariables: { readonly [name: string]: string },
): IntegrationTarget {
  if (type === "MOCK") return { type: "mock" };
  const filled = (uri ?? "").replaceAll(/\$\{stageVariables\.(\w+)\}/g, (_, name: string) =>
    Object.hasOwn(stageVariables, name) ? (stageVariables[name] ?? "") : "",
  );
  if (type === "HTTP" || type === "HTTP_PROXY") {
    // The parameters of its path are filled in for each request.
    if (!URL.canParse(filled.replaceAll(/[{}]/g, ""))) {
      throw new InvalidMapping("Invalid HTTP endpoint specified for URI");
    }
    return { type: "http", url: filled };
  }
  return serviceTarget(filled);
}

/** *Documented*: `arn:aws:apigateway:{region}:{subdomain.service|service}:{path|action}/{service_api}`. */
function serviceTarget(uri: string): IntegrationTarget {
  const [, region = "", service = "", kind, api = ""] =
    /^arn:[^:]+:apigateway:([^:]+):(?:[^:.]+\.)?([^:.]+):(action|path)\/(.+)$/s.exec(uri) ?? [];
  const [, functionArn] =
    /^(?:\/)?2015-03-31\/functions\/(.+)\/invocations$/.exec(service === "lambda" ? api : "") ?? [];
  if (functionArn !== undefined) return { type: "function", functionArn };
  if (service === "states" && kind === "action") {
    return { type: "stepFunctions", operation: api, region };
  }
  const known = Object.hasOwn(services, service) ? services[service] : undefined;
  if (known === undefined) {
    throw new InvalidMapping(
      kind === undefined
        ? "Invalid ARN specified in the request"
        : `Stepwell's REST APIs do not call the service ${service}: they call states, lambda, ${Object.keys(services).join(", ")}`,
    );
  }
  if (kind === "action")
    return { type: "service", ...known, operation: api.split("&", 1)[0]!, region };
  const [, account, queue] = /^\/?(\d{12})\/([^/]+)\/?$/.exec(api) ?? [];
  // A path of a service that speaks JSON is `/`: the operation is in the header X-Amz-Target.
  if (service !== "sqs") return { type: "service", ...known, region };
  if (queue === undefined) throw new InvalidMapping("Invalid ARN specified in the request");
  const queueUrl = `https://sqs.${region}.amazonaws.com/${account}/${queue}`;
  return { type: "service", ...known, queueUrl, region };
}
