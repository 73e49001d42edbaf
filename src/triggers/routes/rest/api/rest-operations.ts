import type { ServiceOperation } from "../../../../ports/service-api.ts";
import { tagOperations } from "../../api/tag-operations.ts";
import { changingTags } from "./change-tags.ts";
import { exportOperations } from "./export-operation.ts";
import { gatewayOperation } from "./gateway-operation.ts";
import { integrationOperations } from "./integration-operations.ts";
import { methodOperations } from "./method-operations.ts";
import { partOperations } from "./part-operations.ts";
import { patched, patchOperations } from "./patch.ts";
import { resourceOperations } from "./resource-operations.ts";
import type { AccountDocument, RestContext } from "./rest-context.ts";
import { restApiOperations } from "./rest-api-operations.ts";
import { stageOperations } from "./stage-operations.ts";
import { testOperations } from "./test-operations.ts";
import { usageOperations } from "./usage-operations.ts";

/**
 * API Gateway as far as its REST APIs go: version 1 of its API. Version 2 has operations of some of the same names: those of REST APIs are
 * told apart by an ending, `CreateStageOfRestApi`.
 */
export function restOperations(context: RestContext): {
  readonly [name: string]: ServiceOperation;
} {
  const operations = {
    ...restApiOperations(context),
    ...resourceOperations(context),
    ...methodOperations(context),
    ...integrationOperations(context),
    ...partOperations(context),
    ...stageOperations(context),
    ...usageOperations(context),
    ...accountOperations(context),
    ...exportOperations(context),
    ...testOperations(context),
    ...tagOperations(
      { path: "/tags/{resourceArn}", tag: { method: "PUT", status: 204 } },
      changingTags(context),
    ),
  };
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      inBothVersions.test(name) ? `${name}OfRestApi` : name,
      operation,
    ]),
  );
}

const inBothVersions =
  /^(?:[A-Z][a-z]+(?:Authorizer|Deployment|Integration|Model|Stage)s?|TagResource|UntagResource|GetTags)$/;

/** *Documented*: the role that API Gateway would write logs in: it is kept, and what APIs have to log is in the server's own log. */
function accountOperations({ account }: RestContext): {
  readonly [name: string]: ServiceOperation;
} {
  const shown = (document: AccountDocument | undefined) => ({
    ...document,
    throttleSettings: { burstLimit: 5000, rateLimit: 10_000 },
    features: ["UsagePlans"],
    apiKeyVersion: "4",
  });
  return {
    GetAccount: gatewayOperation({
      http: { method: "GET", path: "/account" },
      input: {},
      perform: async () => shown(await account.get("account")),
    }),
    UpdateAccount: gatewayOperation({
      http: { method: "PATCH", path: "/account" },
      input: { patchOperations },
      roles: ({ patchOperations: operations = [] }) =>
        operations.filter((each) => each.path === "/cloudwatchRoleArn").map(({ value }) => value),
      perform: async ({ patchOperations: operations }) =>
        shown(
          await account.updated("account", (before) =>
            patched(before ?? {}, operations, { "/cloudwatchRoleArn": "text" }),
          ),
        ),
    }),
  };
}
