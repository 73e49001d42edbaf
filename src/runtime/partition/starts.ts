import type { Store } from "../../ports/store.ts";
import type { StartResult } from "../engine.ts";
import type { ClosedExecutions } from "../executions/closed-executions.ts";
import { describeExecution } from "../executions/describe-execution.ts";
import type { ExecutionStart, PartitionOwner } from "../routing/partition-owner.ts";
import type { Activator } from "./activator.ts";
import type { Residents } from "./residents.ts";

export interface StartsOptions {
  readonly store: Pick<Store, "execution" | "journal">;
  readonly residents: Pick<Residents, "create">;
  readonly activator: Pick<Activator, "begin">;
  readonly closed: ClosedExecutions;
  /** Who has the partition now; `undefined`: it is here. */
  readonly nextOwner: (executionArn: string) => PartitionOwner | undefined;
}

/** The starts of executions: each name is given once, and what starts too late goes on to the next owner. */
export class Starts {
  readonly #options: StartsOptions;
  /** Starts whose names are being checked or made durable, so that two of one name never race. */
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(options: StartsOptions) {
    this.#options = options;
  }

  async start(start: ExecutionStart): Promise<StartResult> {
    const { executionArn, mapRun } = start.record;
    let mayExist = start.isNamed;
    // A child of a Map Run may be started again, by the next one who has the run.
    if (!mayExist && mapRun === undefined) return this.#startFresh(start);
    for (
      let other = this.#underWay.get(executionArn);
      other !== undefined;
      other = this.#underWay.get(executionArn)
    ) {
      await other;
      mayExist = true;
    }
    const done = Promise.withResolvers<void>();
    this.#underWay.set(executionArn, done.promise);
    try {
      const before = mayExist ? await this.#startedBefore(start) : undefined;
      return before ?? (await this.#startFresh(start));
    } finally {
      this.#underWay.delete(executionArn);
      done.resolve();
    }
  }

  async #startFresh(start: ExecutionStart): Promise<StartResult> {
    const { residents, activator, nextOwner } = this.#options;
    const { executionArn, startDate } = start.record;
    const resident = await residents.create(start.record);
    const owner = nextOwner(executionArn);
    if (owner !== undefined) return owner.start(start);
    await activator.begin(resident, start.input);
    return { type: "started", executionArn, startDate };
  }

  /** The same start again, if the execution still runs; else the name is taken. */
  async #startedBefore({ record, input }: ExecutionStart): Promise<StartResult | undefined> {
    const { executionArn, testCase } = record;
    const { closed, store } = this.#options;
    const found = closed.recent(executionArn) ?? (await describeExecution(store, executionArn));
    if (found === undefined) return undefined;
    const { status, startDate } = found.record;
    const same =
      status === "RUNNING" && found.input.text === input.text && found.record.testCase === testCase;
    return same ? { type: "started", executionArn, startDate } : { type: "exists", executionArn };
  }
}
