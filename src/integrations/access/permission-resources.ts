import { isJsonArray, isJsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import type { ArnScope } from "../../machine/arns.ts";
import type { TaskRequest } from "../../ports/task-handler.ts";
import type { Permission, PermissionResource } from "../described/permission.ts";
import { parseFunctionReference } from "../lambda/function-name.ts";

/** What IAM knows no resource of, or what the parameters do not name. */
const everything = "*";

/** The ARNs that a task is about to act on, each once. `scope` is where its role calls. */
export function permissionResources(
  { resource }: Permission,
  {
    resource: called,
    parameters,
    stateMachineArn,
  }: Pick<TaskRequest, "resource" | "parameters" | "stateMachineArn">,
  scope: ArnScope,
): readonly string[] {
  if (called.kind === "lambda") return [functionArn(called.arn, undefined, scope)];
  if (resource === undefined) return [everything];
  if (resource.as === "machine") return [stateMachineArn];
  const { value } = parameters;
  const given = resource.parameters
    .map((path) => valuesAt(value, path.split(".")))
    .find((values) => values.some((one) => one !== undefined));
  const arns = (given ?? [undefined]).map((one) => arnOf(resource, one, value, scope));
  return [...new Set(arns)];
}

/** The values at `Entries[].EventBusName`; `undefined` for what is not there or has no text. */
function valuesAt(
  value: JsonValue | undefined,
  [first, ...rest]: readonly string[],
): readonly (string | undefined)[] {
  if (first === undefined) return [typeof value === "string" ? value : undefined];
  const isList = first.endsWith("[]");
  const name = isList ? first.slice(0, -"[]".length) : first;
  const member = isJsonObject(value) ? ownMember(value, name) : undefined;
  if (!isList) return valuesAt(member, rest);
  return isJsonArray(member) ? member.flatMap((one) => valuesAt(one, rest)) : [undefined];
}

function arnOf(
  resource: PermissionResource,
  given: string | undefined,
  parameters: JsonValue,
  scope: ArnScope,
): string {
  const name = given ?? resource.otherwise;
  if (name === undefined) return everything;
  switch (resource.as) {
    case "arn":
      return name;
    case "machine":
      return everything;
    case "api host":
      return apiArn(name, parameters, scope);
    case "bucket":
      return bucketArn(name, parameters, scope);
    case "queue URL":
      return queueArn(name, scope);
    case "object URI":
      return name.startsWith("s3://")
        ? `arn:${scope.partition}:s3:::${name.slice("s3://".length)}`
        : everything;
    case "function": {
      const { qualifier } = resource;
      const [at] = qualifier === undefined ? [] : valuesAt(parameters, [qualifier]);
      return functionArn(name, at, scope);
    }
    case "name":
      // Documented for tables and event buses: an ARN is taken in place of a name.
      return name.startsWith("arn:") ? name : filled(resource.arn, name, scope);
  }
}

/** *Documented* for parameters: the slash that a name begins with is in the ARN once. */
function filled(arn: string | undefined, name: string, scope: ArnScope): string {
  if (arn === undefined) return everything;
  const { partition, region, accountId } = scope;
  const values: { readonly [key: string]: string } = {
    name: arn.includes("/{name}") ? name.replace(/^\//, "") : name,
    partition,
    region,
    account: accountId,
  };
  return arn.replaceAll(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole);
}

/** Documented: `lambda:InvokeFunction` is on the version or the alias, where one is called. */
function functionArn(text: string, at: string | undefined, scope: ArnScope): string {
  const reference = parseFunctionReference(text, scope);
  if (reference === undefined) return everything;
  const { arn, qualifier } = reference;
  return at === undefined || qualifier !== undefined ? arn : `${arn}:${at}`;
}

/** Documented: `arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/METHOD/PATH`. Of a stand-in's host the Region is the caller's. */
function apiArn(
  host: string,
  parameters: JsonValue,
  { partition, region, accountId }: ArnScope,
): string {
  const [id = "", , named] = host.split(".");
  const part = (name: string): string => valuesAt(parameters, [name])[0] ?? "";
  const way = [id, part("Stage") || "$default", part("Method"), part("Path").replace(/^\/+/, "")];
  return `arn:${partition}:execute-api:${named ?? region}:${accountId}:${way.join("/")}`;
}

/** The object, where one is named; an access point's ARN is taken in place of a bucket's name. *Documented*: S3. */
function bucketArn(bucket: string, parameters: JsonValue, { partition }: ArnScope): string {
  const [key] = valuesAt(parameters, ["Key"]);
  if (bucket.startsWith("arn:")) return key === undefined ? bucket : `${bucket}/object/${key}`;
  return `arn:${partition}:s3:::${bucket}${key === undefined ? "" : `/${key}`}`;
}

/** `https://sqs.eu-west-1.amazonaws.com/123456789012/orders`; of a stand-in's URL the Region is the caller's. */
function queueArn(url: string, { partition, region }: ArnScope): string {
  const [, host = "", account, name] =
    /^https?:\/\/([^/]+)(?:\/.*)?\/(\d{12})\/([^/]+)$/.exec(url) ?? [];
  if (account === undefined || name === undefined) return everything;
  const named = /^(?:sqs\.([a-z0-9-]+)|([a-z0-9-]+)\.queue)\.amazonaws\.com/.exec(host);
  return `arn:${partition}:sqs:${named?.[1] ?? named?.[2] ?? region}:${account}:${name}`;
}
