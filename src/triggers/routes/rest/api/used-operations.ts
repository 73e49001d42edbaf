import type { ServiceOperation } from "../../../../ports/service-api.ts";
import { noSuch } from "../no-such.ts";
import type { UsagePlanDocument } from "../rest-records.ts";
import { gatewayOperation } from "./gateway-operation.ts";
import { patched, patchOperations } from "./patch.ts";
import { badRequest, type RestContext } from "./rest-context.ts";
import { paged, pagedQuery } from "./shared-members.ts";

export const keyId = { type: "string", required: true } as const;
export const usagePlanId = { type: "string", required: true } as const;

export async function usagePlanOf(
  { usage }: Pick<RestContext, "usage">,
  id: string,
): Promise<UsagePlanDocument> {
  return (await usage.plans.get(id)) ?? noSuch("Usage Plan");
}

/** What keys have used of their plans' quotas. */
export function usedOperations(context: RestContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { usage, clock } = context;
  return {
    GetUsage: gatewayOperation({
      http: {
        method: "GET",
        path: "/usageplans/{usagePlanId}/usage",
        query: { keyId: "keyId", startDate: "startDate", endDate: "endDate", ...pagedQuery },
      },
      input: {
        usagePlanId,
        keyId: { type: "string" },
        startDate: { type: "string", required: true },
        endDate: { type: "string", required: true },
        ...paged,
      },
      async perform({ usagePlanId: id, keyId: key, startDate, endDate }) {
        const { quota: limits, keys } = await usagePlanOf(context, id);
        const days = daysBetween(startDate, endDate);
        const wanted = keys.filter((each) => key === undefined || each === key);
        const values: { [key: string]: readonly (readonly number[])[] } = {};
        for (const each of wanted) {
          if (limits === undefined) break;
          const used = await usage.usedOn(id, each, limits, days);
          values[each] = used.map((day) => [day.used, day.left]);
        }
        return { usagePlanId: id, startDate, endDate, values };
      },
    }),
    UpdateUsage: gatewayOperation({
      http: { method: "PATCH", path: "/usageplans/{usagePlanId}/keys/{keyId}/usage" },
      input: { usagePlanId, keyId, patchOperations },
      async perform({ usagePlanId: id, keyId: key, patchOperations: operations }) {
        const { quota: limits, keys } = await usagePlanOf(context, id);
        if (!keys.includes(key)) noSuch("API Key");
        if (limits === undefined) return badRequest(`Usage plan ${id} has no quota`);
        const now = clock.now();
        const today = new Date(now).toISOString().slice(0, 10);
        const fields = { "/remaining": "number" } as const;
        const { remaining } = patched<{ remaining?: number }>({}, operations, fields);
        if (remaining !== undefined) await usage.leave(id, key, limits, remaining, now);
        const [day] = await usage.usedOn(id, key, limits, [now]);
        return {
          usagePlanId: id,
          startDate: today,
          endDate: today,
          values: { [key]: [[day?.used ?? 0, day?.left ?? 0]] },
        };
      },
    }),
  };
}

/** *Our choice*: how many days a question may be about. *Documented*: usage of the last 90 days can be asked for. */
const mostDays = 90;
const dayMs = 86_400_000;

/** A moment of each day from one to another, both as `2026-11-23`. */
function daysBetween(startDate: string, endDate: string): readonly number[] {
  const [from = Number.NaN, to = Number.NaN] = [startDate, endDate].map((text) =>
    /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN,
  );
  const count = (to - from) / dayMs + 1;
  if (!(count >= 1 && count <= mostDays)) {
    badRequest(`Invalid dates specified: from ${startDate} to ${endDate}`);
  }
  return Array.from({ length: count }, (_, index) => from + index * dayMs);
}
