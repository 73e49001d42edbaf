import type { EpochMs } from "../../machine/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DueDocuments } from "../due/due-documents.ts";
import type { Delivery } from "./delivery.ts";
import type { GivenUp } from "./given-up.ts";

/** Something that a target has refused. */
export interface TroubledDelivery {
  /** Names it to {@link TroubledDeliveries}. */
  readonly id: string;
  readonly delivery: Delivery;
  /** When it is tried again; absent: it was given up. */
  readonly dueAt?: EpochMs;
  readonly givenUpAt?: EpochMs;
}

export interface TroubledDeliveriesOptions {
  readonly due: DueDocuments;
  readonly givenUp: GivenUp;
  readonly clock: Pick<Clock, "now">;
  /** Stores them, and begins with them. */
  readonly accept: (deliveries: readonly Delivery[]) => Promise<void>;
}

/** *Our choice*: what is under way is looked through for what has been refused before. */
const mostLookedAt = 1_000;

/** *Our choice*: what is due so soon is left to itself: stored anew it could be the same entry, which is removed then. */
const soonMs = 2_000;

/** What targets have refused: what is tried again by itself, and what was given up without a dead-letter queue. */
export class TroubledDeliveries {
  readonly #options: TroubledDeliveriesOptions;

  constructor(options: TroubledDeliveriesOptions) {
    this.#options = options;
  }

  /** Those that are given up come first, the newest before the others; then those that are tried again, in that order. */
  async list(limit: number): Promise<readonly TroubledDelivery[]> {
    const { due, givenUp } = this.#options;
    const lost = (await givenUp.newest(limit)).map(({ id, delivery, at }) => ({
      id: `given-up/${id}`,
      delivery,
      givenUpAt: at,
    }));
    const waiting = (await due.page(mostLookedAt)).flatMap(({ key, dueAt, body }) => {
      const delivery = JSON.parse(body) as Delivery;
      return delivery.attempts === 0 ? [] : [{ id: `waiting/${dueAt}/${key}`, delivery, dueAt }];
    });
    return [...lost, ...waiting].slice(0, limit);
  }

  /** `undefined`: it has been taken, thrown away or tried again meanwhile. */
  async find(id: string): Promise<Delivery | undefined> {
    return (await this.#found(id))?.delivery;
  }

  /** Tries it again now; what was given up has all its attempts before it. False: it is not there any more. */
  async retry(id: string): Promise<boolean> {
    const found = await this.#found(id);
    if (found === undefined) return false;
    const { clock, accept } = this.#options;
    const { delivery, dueAt } = found;
    const now = clock.now();
    if (dueAt !== undefined && dueAt <= now + soonMs) return true;
    await accept([dueAt === undefined ? { ...delivery, attempts: 0, since: now } : delivery]);
    // Not before: a server that ends in between tries it twice, which is one execution.
    await found.remove();
    return true;
  }

  /** Throws it away. False: it is not there any more. */
  async discard(id: string): Promise<boolean> {
    const found = await this.#found(id);
    await found?.remove();
    return found !== undefined;
  }

  async #found(id: string): Promise<FoundDelivery | undefined> {
    const { due, givenUp } = this.#options;
    const [, kind, rest = ""] = /^(given-up|waiting)\/(.+)$/s.exec(id) ?? [];
    if (kind === "given-up") {
      const found = await givenUp.get(rest);
      return (
        found && {
          delivery: found.delivery,
          remove: () => givenUp.remove(rest),
        }
      );
    }
    const [, time, key] = /^(\d{1,15})\/(.+)$/s.exec(rest) ?? [];
    if (kind === undefined || time === undefined || key === undefined) return undefined;
    const entry = { dueAt: Number(time), key };
    const body = await due.body(entry);
    return body === undefined
      ? undefined
      : {
          delivery: JSON.parse(body) as Delivery,
          dueAt: entry.dueAt,
          remove: () => due.remove(entry),
        };
  }
}

interface FoundDelivery {
  readonly delivery: Delivery;
  /** Absent: it was given up. */
  readonly dueAt?: EpochMs;
  remove(): Promise<void>;
}
