import type { Limits } from "../../machine/limits.ts";
import type { Clock } from "../../ports/clock.ts";
import type { StateMachineRecord, Store } from "../../ports/store.ts";
import { type ActivityPollers, maxPollers } from "../../service/activity-pollers.ts";
import { allPages } from "../all-pages.ts";
import type { NearLimit } from "../view-types.ts";
import { stateMachines } from "../workflows/state-machines.ts";
import { isNear } from "./near-limits.ts";

/** Our choice: how long what was counted is believed. */
const believedMs = 30_000;

/**
 * State machines and activities that have used up most of what this server lets them have: versions, aliases, waiting
 * workers. How many executions, state machines and activities an account has is not limited here.
 */
export class ResourceLimits {
  readonly #store: Pick<Store, "stateMachines" | "activities" | "versions" | "aliases">;
  readonly #pollers: Pick<ActivityPollers, "count">;
  readonly #clock: Pick<Clock, "now">;
  #counted: { readonly at: number; readonly near: Promise<readonly NearLimit[]> } | undefined;

  constructor(
    store: Pick<Store, "stateMachines" | "activities" | "versions" | "aliases">,
    pollers: Pick<ActivityPollers, "count">,
    clock: Pick<Clock, "now">,
  ) {
    this.#store = store;
    this.#pollers = pollers;
    this.#clock = clock;
  }

  near(limits: Limits): Promise<readonly NearLimit[]> {
    const now = this.#clock.now();
    if (this.#counted === undefined || now - this.#counted.at >= believedMs) {
      const near = this.#count(limits);
      this.#counted = { at: now, near };
      // Whoever asks next tries again.
      near.catch(() => (this.#counted = undefined));
    }
    return this.#counted.near;
  }

  async #count(limits: Limits): Promise<readonly NearLimit[]> {
    const found: NearLimit[] = [];
    for await (const machine of stateMachines(this.#store)) {
      found.push(...(await this.#nearOf(machine, limits)));
    }
    const activities = allPages((page) => this.#store.activities("arn:", page));
    for await (const { activityArn, name } of activities) {
      const used = this.#pollers.count(activityArn);
      if (isNear(used, maxPollers)) {
        found.push({ limit: "pollers", used, most: maxPollers, arn: activityArn, name });
      }
    }
    return found;
  }

  /** Only a machine that has published anything is looked into: an alias needs a version. */
  async #nearOf(
    { stateMachineArn, name, lastVersion = 0 }: StateMachineRecord,
    limits: Limits,
  ): Promise<readonly NearLimit[]> {
    if (lastVersion === 0) return [];
    const found: NearLimit[] = [];
    const add = (limit: "versions" | "aliases", used: number): void => {
      const most = limits[limit];
      if (isNear(used, most)) found.push({ limit, used, most, arn: stateMachineArn, name });
    };
    add("aliases", (await this.#store.aliases(stateMachineArn)).length);
    // Numbers are given out in order and never twice: there are at most so many.
    if (isNear(lastVersion, limits.versions)) {
      let versions = 0;
      for await (const _ of allPages((page) => this.#store.versions(stateMachineArn, page))) {
        versions++;
      }
      add("versions", versions);
    }
    return found;
  }
}
