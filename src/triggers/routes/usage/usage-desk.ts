import type { DocumentStore } from "../../../ports/document-store.ts";
import { DocumentCollection } from "../../../service/document-collection.ts";
import { GatewayFailure } from "../rest/gateway-failure.ts";
import type {
  ApiKeyDocument,
  PlannedStage,
  Quota,
  Throttle,
  UsagePlanDocument,
} from "../rest/rest-records.ts";
import { periodStart } from "./quota-period.ts";
import { type BucketSize, TokenBuckets } from "../../../service/token-buckets.ts";

/** *Our choice*: how long what other nodes have changed may not be seen. */
const rememberedMs = 1_000;

interface Known {
  readonly readAt: number;
  /** By their values. */
  readonly keys: ReadonlyMap<string, ApiKeyDocument>;
  readonly plans: readonly UsagePlanDocument[];
}

/** What a request is for, as plans name it. */
export interface PlannedRequest {
  readonly apiId: string;
  readonly stage: string;
  /** `/orders/{id}/GET`. */
  readonly method: string;
}

/** What a key has used of one period of a quota. */
interface UsageDocument {
  readonly used: number;
  /** By days in UTC, `2026-11-23`: how many of these. */
  readonly days?: { readonly [day: string]: number };
}

/** What a key used on a day of its plan, and what the day left of the period's quota. */
export interface DayOfUsage {
  readonly used: number;
  readonly left: number;
}

/** What a name has that is given no size of its own: there is none. */
const unlimited: BucketSize = { tokens: Infinity, refillPerSecond: 0 };

/** *Documented*: throttling by the token bucket. *Our choice*: a limit that is not given is as the other one. `undefined`: there is none. */
function sizeOf({ rateLimit, burstLimit }: Throttle): BucketSize | undefined {
  const refillPerSecond = rateLimit ?? burstLimit;
  if (refillPerSecond === undefined) return undefined;
  return { tokens: burstLimit ?? Math.max(1, refillPerSecond), refillPerSecond };
}

/**
 * API keys and usage plans, and whether a key may be taken now. Requests of a second are counted by each node for itself, those of a quota
 * by all nodes together.
 */
export class UsageDesk {
  readonly keys: DocumentCollection<ApiKeyDocument>;
  readonly plans: DocumentCollection<UsagePlanDocument>;
  readonly #usage: DocumentCollection<UsageDocument>;
  readonly #buckets = new TokenBuckets(unlimited);
  #known: Promise<Known> | undefined;
  #readAt = 0;

  constructor(store: DocumentStore) {
    this.keys = new DocumentCollection(store, "apigateway.apikey");
    this.plans = new DocumentCollection(store, "apigateway.usageplan");
    this.#usage = new DocumentCollection(store, "apigateway.usage");
  }

  /** Something has changed: the next request reads it anew. */
  forget(): void {
    this.#known = undefined;
  }

  /**
   * The key that was shown, once its plan lets it do one request more. Rejects with a {@link GatewayFailure}. *Documented*: a key that is in
   * no plan of the stage is none.
   */
  async take(
    shown: string | undefined,
    request: PlannedRequest,
    now: number,
  ): Promise<ApiKeyDocument> {
    const { keys, plans } = await this.#read(now);
    const key = shown === undefined ? undefined : keys.get(shown);
    if (key?.enabled !== true) throw new GatewayFailure("INVALID_API_KEY");
    for (const plan of plans) {
      const stage = plan.apiStages.find(
        (each) => each.apiId === request.apiId && each.stage === request.stage,
      );
      if (stage === undefined || !plan.keys.includes(key.id)) continue;
      this.#throttle(plan, stage, key, request, now);
      if (plan.quota !== undefined) await this.#count(plan.id, key.id, plan.quota, now);
      return key;
    }
    throw new GatewayFailure("INVALID_API_KEY");
  }

  /** Whether a method, or all methods of a stage, may be asked once more. Throws a {@link GatewayFailure}. */
  throttle(bucket: string, throttle: Throttle, now: number): void {
    if (!this.takes(bucket, throttle, now)) throw new GatewayFailure("THROTTLED");
  }

  /** Whether there may be one more now. */
  takes(bucket: string, throttle: Throttle, now: number): boolean {
    const size = sizeOf(throttle);
    return size === undefined || this.#buckets.take(bucket, now, size);
  }

  /** What a key has used on each of some days, which are moments in them. */
  async usedOn(
    planId: string,
    keyId: string,
    quota: Quota,
    days: readonly number[],
  ): Promise<readonly DayOfUsage[]> {
    const found: DayOfUsage[] = [];
    for (const at of days) {
      const document = await this.#usage.get(usageId(planId, keyId, quota, at));
      const day = dayOf(at);
      const { used = 0, days: counted = {} } = document ?? {};
      const later = Object.entries(counted)
        .filter(([each]) => each > day)
        .reduce((sum, [, count]) => sum + count, 0);
      const left = Math.max(0, quota.limit - (quota.offset ?? 0) - (used - later));
      found.push({ used: counted[day] ?? 0, left });
    }
    return found;
  }

  /** Leaves a key as many requests of its present period. */
  async leave(
    planId: string,
    keyId: string,
    quota: Quota,
    left: number,
    now: number,
  ): Promise<void> {
    await this.#usage.update(usageId(planId, keyId, quota, now), (before) => ({
      ...before,
      used: quota.limit - (quota.offset ?? 0) - left,
    }));
  }

  /** *Documented*: what a plan says of a method is asked first, then what it says of all of them. */
  #throttle(
    plan: UsagePlanDocument,
    stage: PlannedStage,
    key: ApiKeyDocument,
    { method }: PlannedRequest,
    now: number,
  ): void {
    const bucket = `${plan.id} ${key.id}`;
    const own = stage.throttle?.[method];
    if (own !== undefined) {
      this.throttle(`${bucket} ${stage.apiId} ${stage.stage} ${method}`, own, now);
    }
    if (plan.throttle !== undefined) this.throttle(bucket, plan.throttle, now);
  }

  async #count(planId: string, keyId: string, quota: Quota, now: number): Promise<void> {
    await this.#usage.update(usageId(planId, keyId, quota, now), (before) => {
      const used = before?.used ?? 0;
      if (used + (quota.offset ?? 0) >= quota.limit) throw new GatewayFailure("QUOTA_EXCEEDED");
      const day = dayOf(now);
      const { [day]: today = 0, ...others } = before?.days ?? {};
      return { used: used + 1, days: { ...others, [day]: today + 1 } };
    });
  }

  #read(now: number): Promise<Known> {
    if (this.#known === undefined || now - this.#readAt >= rememberedMs) {
      this.#readAt = now;
      this.#known = this.#readAll(now);
      // The next request asks again.
      this.#known.catch(() => this.forget());
    }
    return this.#known;
  }

  async #readAll(readAt: number): Promise<Known> {
    const keys = new Map<string, ApiKeyDocument>();
    for await (const { value } of this.keys.all("")) keys.set(value.value, value);
    const plans: UsagePlanDocument[] = [];
    for await (const { value } of this.plans.all("")) plans.push(value);
    return { readAt, keys, plans };
  }
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function usageId(planId: string, keyId: string, quota: Quota, now: number): string {
  return `${planId}/${keyId}/${periodStart(quota, now)}`;
}
