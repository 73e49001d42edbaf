import type { ServiceMembers, ServiceOperation } from "../../../../ports/service-api.ts";
import { newId } from "../../api/gateway-context.ts";
import {
  type ApiKeyDocument,
  quotaPeriods,
  type Throttle,
  type UsagePlanDocument,
} from "../rest-records.ts";
import { noSuch } from "../no-such.ts";
import { gatewayOperation } from "./gateway-operation.ts";
import { type PatchOperation, patched, patchOperations } from "./patch.ts";
import { badRequest, conflict, type RestContext } from "./rest-context.ts";
import { description, paged, pagedQuery, tags } from "./shared-members.ts";
import { keyId, usagePlanId, usagePlanOf, usedOperations } from "./used-operations.ts";

const throttle = {
  type: "structure",
  shape: "ThrottleSettings",
  members: { burstLimit: { type: "integer", min: 0 }, rateLimit: { type: "float", min: 0 } },
} as const;

const quota = {
  type: "structure",
  shape: "QuotaSettings",
  members: {
    limit: { type: "integer", min: 0, required: true },
    offset: { type: "integer", min: 0 },
    period: { type: "string", required: true, enum: quotaPeriods },
  },
} as const;

const apiStages = {
  type: "list",
  of: {
    type: "structure",
    shape: "ApiStage",
    members: {
      apiId: { type: "string", required: true },
      stage: { type: "string", required: true },
      throttle: { type: "map", of: throttle },
    },
  },
} as const;

const patchableKey = {
  "/name": "text",
  "/description": "text",
  "/enabled": "boolean",
  "/customerId": "text",
} as const;

const patchablePlan = {
  "/name": "text",
  "/description": "text",
  "/productCode": "text",
  "/throttle/burstLimit": "number",
  "/throttle/rateLimit": "number",
  "/quota/limit": "number",
  "/quota/offset": "number",
  "/quota/period": "text",
} as const;

/** API keys, usage plans, and which key is in which plan. */
export function usageOperations(context: RestContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { usage, clock } = context;

  async function keyOf(id: string): Promise<ApiKeyDocument> {
    return (await usage.keys.get(id)) ?? noSuch("API Key");
  }

  const planOf = (id: string): Promise<UsagePlanDocument> => usagePlanOf(context, id);

  async function changePlan(
    id: string,
    change: (before: UsagePlanDocument) => UsagePlanDocument,
  ): Promise<UsagePlanDocument> {
    const changed = await usage.plans.updated(id, (before) =>
      change(before ?? noSuch("Usage Plan")),
    );
    usage.forget();
    return changed ?? noSuch("Usage Plan");
  }

  async function all<T>(documents: AsyncGenerator<{ readonly value: T }>): Promise<readonly T[]> {
    const values: T[] = [];
    for await (const { value } of documents) values.push(value);
    return values;
  }

  return {
    CreateApiKey: gatewayOperation({
      http: { method: "POST", path: "/apikeys", status: 201 },
      input: {
        name: { type: "string", max: 1024 },
        description,
        enabled: { type: "boolean" },
        generateDistinctId: { type: "boolean" },
        value: { type: "string", min: 20, max: 128 },
        stageKeys: {
          type: "list",
          of: {
            type: "structure",
            shape: "StageKey",
            members: { restApiId: { type: "string" }, stageName: { type: "string" } },
          },
        },
        customerId: { type: "string" },
        tags,
      },
      async perform({ name, value, enabled = false, stageKeys, ...given }) {
        const { generateDistinctId: _, ...rest } = given;
        const id = newId(context, 10);
        const at = clock.now();
        // *Observed*: forty letters and digits.
        const made = value ?? `${newId(context, 20)}${newId(context, 20)}`;
        if ((await all(usage.keys.all(""))).some((each) => each.value === made)) {
          conflict("API Key already exists");
        }
        const key: ApiKeyDocument = {
          ...rest,
          id,
          name: name ?? id,
          value: made,
          enabled,
          stageKeys: (stageKeys ?? []).map(
            ({ restApiId = "", stageName = "" }) => `${restApiId}/${stageName}`,
          ),
          createdAt: at,
          updatedAt: at,
        };
        await usage.keys.update(id, () => key);
        usage.forget();
        return shownKey(key, true);
      },
    }),
    GetApiKey: gatewayOperation({
      http: { method: "GET", path: "/apikeys/{apiKey}", query: { includeValue: "includeValue" } },
      input: { apiKey: keyId, includeValue: { type: "string" } },
      perform: async ({ apiKey, includeValue }) =>
        shownKey(await keyOf(apiKey), includeValue === "true"),
    }),
    GetApiKeys: gatewayOperation({
      http: {
        method: "GET",
        path: "/apikeys",
        query: { includeValues: "includeValues", nameQuery: "name", ...pagedQuery },
      },
      input: { includeValues: { type: "string" }, nameQuery: { type: "string" }, ...paged },
      perform: async ({ includeValues, nameQuery = "" }) => ({
        item: (await all(usage.keys.all("")))
          .filter(({ name }) => name.startsWith(nameQuery))
          .map((key) => shownKey(key, includeValues === "true")),
      }),
    }),
    UpdateApiKey: gatewayOperation({
      http: { method: "PATCH", path: "/apikeys/{apiKey}" },
      input: { apiKey: keyId, patchOperations },
      async perform({ apiKey, patchOperations: operations }) {
        const key = await usage.keys.updated(apiKey, (before) => ({
          ...patched(before ?? noSuch("API Key"), operations, patchableKey),
          updatedAt: clock.now(),
        }));
        usage.forget();
        return shownKey(key ?? noSuch("API Key"), false);
      },
    }),
    DeleteApiKey: gatewayOperation({
      http: { method: "DELETE", path: "/apikeys/{apiKey}", status: 202 },
      input: { apiKey: keyId },
      async perform({ apiKey }) {
        await keyOf(apiKey);
        await usage.keys.update(apiKey, () => undefined);
        for (const plan of await all(usage.plans.all(""))) {
          if (!plan.keys.includes(apiKey)) continue;
          await changePlan(plan.id, (before) => withoutKey(before, apiKey));
        }
        usage.forget();
        return {};
      },
    }),
    CreateUsagePlan: gatewayOperation({
      http: { method: "POST", path: "/usageplans", status: 201 },
      input: {
        name: { type: "string", required: true },
        description,
        apiStages,
        throttle,
        quota,
        tags,
      },
      async perform({ apiStages: stages = [], ...rest }) {
        const plan: UsagePlanDocument = {
          ...rest,
          id: newId(context, 6),
          apiStages: stages,
          keys: [],
        };
        await usage.plans.update(plan.id, () => plan);
        usage.forget();
        return shownPlan(plan);
      },
    }),
    GetUsagePlan: gatewayOperation({
      http: { method: "GET", path: "/usageplans/{usagePlanId}" },
      input: { usagePlanId },
      perform: async ({ usagePlanId: id }) => shownPlan(await planOf(id)),
    }),
    GetUsagePlans: gatewayOperation({
      http: { method: "GET", path: "/usageplans", query: { keyId: "keyId", ...pagedQuery } },
      input: { keyId: { type: "string" }, ...paged },
      perform: async ({ keyId: key }) => ({
        item: (await all(usage.plans.all("")))
          .filter(({ keys }) => key === undefined || keys.includes(key))
          .map(shownPlan),
      }),
    }),
    UpdateUsagePlan: gatewayOperation({
      http: { method: "PATCH", path: "/usageplans/{usagePlanId}" },
      input: { usagePlanId, patchOperations },
      perform: async ({ usagePlanId: id, patchOperations: operations = [] }) =>
        shownPlan(await changePlan(id, (before) => operations.reduce(patchedPlan, before))),
    }),
    DeleteUsagePlan: gatewayOperation({
      http: { method: "DELETE", path: "/usageplans/{usagePlanId}", status: 202 },
      input: { usagePlanId },
      async perform({ usagePlanId: id }) {
        await planOf(id);
        await usage.plans.update(id, () => undefined);
        usage.forget();
        return {};
      },
    }),
    CreateUsagePlanKey: gatewayOperation({
      http: { method: "POST", path: "/usageplans/{usagePlanId}/keys", status: 201 },
      input: { usagePlanId, keyId, keyType: { type: "string", required: true, enum: ["API_KEY"] } },
      async perform({ usagePlanId: id, keyId: key }) {
        const document = await keyOf(key);
        await changePlan(id, (before) => {
          if (before.keys.includes(key)) {
            conflict(
              `Usage Plan ${id} cannot be added because API Key cannot reference multiple Usage Plans with the same API stage`,
            );
          }
          return { ...before, keys: [...before.keys, key] };
        });
        return shownPlanKey(document);
      },
    }),
    GetUsagePlanKey: gatewayOperation({
      http: { method: "GET", path: "/usageplans/{usagePlanId}/keys/{keyId}" },
      input: { usagePlanId, keyId },
      async perform({ usagePlanId: id, keyId: key }) {
        if (!(await planOf(id)).keys.includes(key)) noSuch("API Key");
        return shownPlanKey(await keyOf(key));
      },
    }),
    GetUsagePlanKeys: gatewayOperation({
      http: { method: "GET", path: "/usageplans/{usagePlanId}/keys", query: pagedQuery },
      input: { usagePlanId, ...paged },
      perform: async ({ usagePlanId: id }) => ({
        item: (await Promise.all((await planOf(id)).keys.map(keyOf))).map(shownPlanKey),
      }),
    }),
    ...usedOperations(context),
    DeleteUsagePlanKey: gatewayOperation({
      http: { method: "DELETE", path: "/usageplans/{usagePlanId}/keys/{keyId}", status: 202 },
      input: { usagePlanId, keyId },
      async perform({ usagePlanId: id, keyId: key }) {
        await changePlan(id, (before) => {
          if (!before.keys.includes(key)) noSuch("API Key");
          return withoutKey(before, key);
        });
        return {};
      },
    }),
  };
}

/** *Documented*: a plan's stages are added and removed as `API:STAGE`; a method's throttle is `/apiStages/API:STAGE/throttle/PATH/METHOD/rateLimit`. */
function patchedPlan(before: UsagePlanDocument, operation: PatchOperation): UsagePlanDocument {
  const { op, path, value = "" } = operation;
  if (path === "/apiStages") {
    const [apiId = "", stage = ""] = value.split(":");
    const others = before.apiStages.filter((each) => each.apiId !== apiId || each.stage !== stage);
    if (op === "remove") return { ...before, apiStages: others };
    if (apiId === "" || stage === "") badRequest(`Invalid API stage specified: ${value}`);
    return { ...before, apiStages: [...others, { apiId, stage }] };
  }
  if (op === "remove" && (path === "/throttle" || path === "/quota")) {
    const { [path.slice(1) as "throttle" | "quota"]: _, ...rest } = before;
    return rest;
  }
  const [, named, method, limit] =
    /^\/apiStages\/([^/]+)\/throttle\/(.+)\/(rateLimit|burstLimit)$/.exec(path) ?? [];
  if (named === undefined) return patched(before, [operation], patchablePlan);
  const throttled = method?.replaceAll("~1", "/") ?? "";
  return {
    ...before,
    apiStages: before.apiStages.map((each) => {
      if (`${each.apiId}:${each.stage}` !== named) return each;
      const limits: Throttle = { ...each.throttle?.[throttled], [limit ?? ""]: Number(value) };
      return { ...each, throttle: { ...each.throttle, [throttled]: limits } };
    }),
  };
}

function withoutKey(plan: UsagePlanDocument, key: string): UsagePlanDocument {
  return { ...plan, keys: plan.keys.filter((each) => each !== key) };
}

function shownKey(
  { value, createdAt, updatedAt, ...key }: ApiKeyDocument,
  withValue: boolean,
): ServiceMembers {
  return {
    ...key,
    ...(withValue && { value }),
    createdDate: new Date(createdAt),
    lastUpdatedDate: new Date(updatedAt),
  };
}

function shownPlan(document: UsagePlanDocument): ServiceMembers {
  const { keys: _, apiStages: stages, ...plan } = document;
  return {
    ...plan,
    throttle: plan.throttle && { ...plan.throttle },
    quota: plan.quota && { ...plan.quota },
    apiStages: stages as unknown as readonly ServiceMembers[],
  };
}

function shownPlanKey({ id, name, value }: ApiKeyDocument): ServiceMembers {
  return { id, type: "API_KEY", name, value };
}
