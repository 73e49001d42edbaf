import type { Store } from "../../ports/store.ts";
import type { Telemetry } from "../telemetry.ts";
import { type CostGrouping, type CostReport, costReport } from "./cost-report.ts";
import type { Prices } from "./prices.ts";

const pageMachines = 500;
/** What Stepwell puts on state machines itself. */
const ownTags = "stepwell:";

/** Says what a month would have cost, by what somebody asks for. */
export class CostDesk {
  readonly #telemetry: Telemetry;
  readonly #store: Pick<Store, "stateMachines">;
  readonly prices: Prices;

  constructor(telemetry: Telemetry, store: Pick<Store, "stateMachines">, prices: Prices) {
    this.#telemetry = telemetry;
    this.#store = store;
    this.prices = prices;
  }

  async report(month: string, by: CostGrouping): Promise<CostReport> {
    const usage = await this.#telemetry.usage(month);
    const tags = by.startsWith("tag:") ? await this.#tags() : undefined;
    const none = {};
    return costReport(usage, {
      month,
      by,
      prices: this.prices,
      tagsOf: (arn) => tags?.get(arn) ?? none,
    });
  }

  /** Months of which something is known, the newest first. */
  months(): Promise<readonly string[]> {
    return this.#telemetry.usageMonths();
  }

  /** Keys of the tags that people gave to state machines, in the order of their names. */
  async tagKeys(): Promise<readonly string[]> {
    const keys = [...(await this.#tags()).values()].flatMap((tags) => Object.keys(tags));
    return [...new Set(keys)].filter((key) => !key.startsWith(ownTags)).sort();
  }

  async #tags(): Promise<ReadonlyMap<string, { readonly [key: string]: string }>> {
    const tags = new Map<string, { readonly [key: string]: string }>();
    let after: string | undefined;
    do {
      const page = await this.#store.stateMachines("arn:", {
        limit: pageMachines,
        ...(after !== undefined && { after }),
      });
      for (const machine of page.items) tags.set(machine.stateMachineArn, machine.tags);
      after = page.next;
    } while (after !== undefined);
    return tags;
  }
}
