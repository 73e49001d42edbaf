import type { TriggersSearch } from "../triggers/triggers-search.ts";

/** What a trigger's ARN begins with, by what is kept of it with an execution. */
const kinds = [
  { begins: "schedule/", service: "scheduler", tab: undefined },
  { begins: "rule/", service: "events", tab: "rules" },
  { begins: "pipe/", service: "pipes", tab: "pipes" },
] as const;

/**
 * Where the page of triggers shows who started an execution: `rule/nightly` is a rule of the execution's Region and account, `shop POST /orders`
 * a route. `undefined`: it is no trigger.
 */
export function triggerOf(via: string, executionArn: string): TriggersSearch | undefined {
  const [, partition, , region, accountId] = executionArn.split(":");
  const kind = kinds.find(({ begins }) => via.startsWith(begins));
  if (kind !== undefined) {
    const { service, tab } = kind;
    return {
      ...(tab !== undefined && { tab }),
      open: `arn:${partition}:${service}:${region}:${accountId}:${via}`,
    };
  }
  return /^\S+ (?:[A-Z]+ \/|\$default)/.test(via) ? { tab: "routes" } : undefined;
}
