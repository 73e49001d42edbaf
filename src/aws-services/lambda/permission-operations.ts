import type { JsonObject } from "../../expression/json.ts";
import type { FunctionPolicyRecord } from "../../integrations/functions/deployed/function-record.ts";
import { requiredText, textOf } from "../members.ts";
import { functionsPath } from "./create-function.ts";
import { type FunctionPlace, type LambdaContext, qualifiedArn } from "./lambda-context.ts";
import { checkRevision, lambdaErrors } from "./lambda-errors.ts";
import { type LambdaOperations, ofFunction } from "./lambda-operation.ts";

/** *Documented*: of a function's policy, as text. */
const mostBytes = 20_480;

const path = `${functionsPath}/{FunctionName}/policy`;

/**
 * Who may call a function, beside those whose own policies allow it: roles, and the services that act for rules and APIs. The authorizer asks
 * these statements wherever access is asked for.
 */
export function permissionOperations(context: LambdaContext): LambdaOperations {
  const { ids } = context.options;

  async function change(
    members: JsonObject,
    place: FunctionPlace,
    after: (before: readonly JsonObject[]) => readonly JsonObject[],
  ): Promise<void> {
    const qualifier = place.qualifier ?? "";
    if (qualifier !== "") await context.version(place);
    const wanted = textOf(members, "RevisionId");
    await context.update(place, (before) => {
      const { [qualifier]: policy, ...others } = before.policies;
      if (policy !== undefined) checkRevision(wanted, policy.revisionId);
      const statements = after(policy?.statements ?? []);
      const changed: FunctionPolicyRecord = { statements, revisionId: ids.uuid() };
      return {
        ...before,
        policies: statements.length === 0 ? others : { ...others, [qualifier]: changed },
      };
    });
  }

  return {
    AddPermission: ofFunction("AddPermission", {
      http: { method: "POST", path, status: 201 },
      async perform({ members, place }) {
        const sid = statementId(members);
        const statement = statementOf(sid, members, place);
        await change(members, place, (before) => {
          if (before.some(({ Sid }) => Sid === sid)) {
            throw lambdaErrors.conflict(
              `The statement id (${sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
            );
          }
          const statements = [...before, statement];
          if (Buffer.byteLength(policyText(statements)) > mostBytes) {
            throw lambdaErrors.invalid(
              `The final policy size is bigger than the limit (${mostBytes}).`,
            );
          }
          return statements;
        });
        return { Statement: JSON.stringify(statement) };
      },
    }),

    RemovePermission: ofFunction("RemovePermission", {
      http: {
        method: "DELETE",
        path: `${path}/{StatementId}`,
        status: 204,
        query: { RevisionId: "RevisionId" },
      },
      async perform({ members, place }) {
        const id = requiredText(members, "StatementId");
        await change(members, place, (before) => {
          const kept = before.filter(({ Sid }) => Sid !== id);
          if (kept.length === before.length) {
            throw lambdaErrors.notFound(`Statement ${id} is not found in resource policy.`);
          }
          return kept;
        });
        return undefined;
      },
    }),

    GetPolicy: ofFunction("GetPolicy", {
      http: { method: "GET", path },
      async perform({ place }) {
        const { policies } = await context.function(place);
        const qualifier = place.qualifier ?? "";
        const policy = Object.hasOwn(policies, qualifier) ? policies[qualifier] : undefined;
        if (policy === undefined) {
          throw lambdaErrors.notFound("The resource you requested does not exist.");
        }
        return { Policy: policyText(policy.statements), RevisionId: policy.revisionId };
      },
    }),
  };
}

function policyText(statements: readonly JsonObject[]): string {
  return JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements });
}

function statementId(members: JsonObject): string {
  const id = requiredText(members, "StatementId");
  if (/^[a-zA-Z0-9-_]{1,100}$/.test(id)) return id;
  throw lambdaErrors.constraint(
    "statementId",
    id,
    "satisfy regular expression pattern: ([a-zA-Z0-9-_]+)",
  );
}

/** *Observed* shape: a service is `{ Service }`, an account or an ARN `{ AWS }`. */
function statementOf(sid: string, members: JsonObject, place: FunctionPlace): JsonObject {
  const principal = requiredText(members, "Principal");
  const [, partition = "aws"] = place.arn.split(":");
  const equal = (operator: string, key: string, member: string): [string, JsonObject][] => {
    const value = textOf(members, member);
    return value === undefined ? [] : [[operator, { [key]: value }]];
  };
  const conditions = [
    ...equal("ArnLike", "AWS:SourceArn", "SourceArn"),
    ...mergedEquals([
      ...equal("StringEquals", "AWS:SourceAccount", "SourceAccount"),
      ...equal("StringEquals", "lambda:EventSourceToken", "EventSourceToken"),
      ...equal("StringEquals", "lambda:FunctionUrlAuthType", "FunctionUrlAuthType"),
      ...equal("StringEquals", "aws:PrincipalOrgID", "PrincipalOrgID"),
    ]),
  ];
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: principalOf(principal, partition),
    Action: requiredText(members, "Action"),
    Resource: qualifiedArn(place),
    ...(conditions.length > 0 && { Condition: Object.fromEntries(conditions) }),
  };
}

function mergedEquals(conditions: readonly [string, JsonObject][]): [string, JsonObject][] {
  if (conditions.length === 0) return [];
  const merged: JsonObject = Object.assign({}, ...conditions.map(([, condition]) => condition));
  return [["StringEquals", merged]];
}

function principalOf(principal: string, partition: string): string | JsonObject {
  if (principal === "*") return principal;
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:${partition}:iam::${principal}:root` };
  return principal.startsWith("arn:") ? { AWS: principal } : { Service: principal };
}
