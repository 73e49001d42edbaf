import { nameOfArn } from "../../machine/arns.ts";
import { type Cost, costOfMonth, shareOfCost } from "./cost.ts";
import type { Prices } from "./prices.ts";
import { bothUsed, nothingUsed, type Usage, type Used } from "./usage.ts";

/** What usage is grouped by: `tag:team` is by the values of the tag `team`. */
export type CostGrouping = "machine" | "version" | "alias" | `tag:${string}`;

export interface CostReport {
  readonly month: string;
  readonly by: CostGrouping;
  /** The day of the prices, and where they hold. */
  readonly prices: Pick<Prices, "date" | "region" | "currency">;
  /** Those of the month that cost most, first. */
  readonly rows: readonly CostRow[];
  readonly total: CostRow;
  /** Transitions of the month that cost nothing. */
  readonly freeTransitions: number;
}

export interface CostRow extends Used {
  /** A name, or what a tag says; empty where there is none. */
  readonly key: string;
  /** Present where a row is of one state machine. */
  readonly stateMachineArn?: string;
  readonly cost: Cost;
}

/** Tags are those that state machines have now: usage is counted by the machine. */
export function costReport(
  usage: readonly Usage[],
  {
    month,
    by,
    prices,
    tagsOf,
  }: {
    readonly month: string;
    readonly by: CostGrouping;
    readonly prices: Prices;
    readonly tagsOf: (stateMachineArn: string) => { readonly [key: string]: string };
  },
): CostReport {
  const whole = usage.reduce<Used>(bothUsed, nothingUsed);
  const cost = costOfMonth(whole, prices);
  const keyOf = (each: Usage): string => groupKey(each, by, tagsOf);
  const groups = [...Map.groupBy(usage, keyOf)];
  const rows = groups.map(([key, all]): CostRow => {
    const used = all.reduce<Used>(bothUsed, nothingUsed);
    const [first] = all;
    return {
      key: by === "machine" ? nameOfArn(key) : key,
      ...(by === "machine" && first && { stateMachineArn: first.stateMachineArn }),
      ...used,
      cost: shareOfCost(used, whole, cost),
    };
  });
  const { date, region, currency } = prices;
  return {
    month,
    by,
    prices: { date, region, currency },
    rows: rows.sort((a, b) => b.cost.total - a.cost.total || b.executions - a.executions),
    total: { key: "", ...whole, cost },
    freeTransitions: Math.min(whole.transitions, prices.standard.freeTransitions),
  };
}

function groupKey(
  usage: Usage,
  by: CostGrouping,
  tagsOf: (stateMachineArn: string) => { readonly [key: string]: string },
): string {
  const { stateMachineArn, stateMachineVersionArn, stateMachineAliasArn } = usage;
  const qualified = (arn: string | undefined): string =>
    nameOfArn(stateMachineArn) + (arn === undefined ? "" : `:${nameOfArn(arn)}`);
  switch (by) {
    case "machine":
      return stateMachineArn;
    case "version":
      return qualified(stateMachineVersionArn);
    case "alias":
      return qualified(stateMachineAliasArn);
    default:
      return tagsOf(stateMachineArn)[by.slice("tag:".length)] ?? "";
  }
}

/** `undefined`: the text names no grouping. */
export function costGrouping(text: string): CostGrouping | undefined {
  if (text === "machine" || text === "version" || text === "alias") return text;
  return /^tag:.{1,128}$/u.test(text) ? (text as CostGrouping) : undefined;
}
