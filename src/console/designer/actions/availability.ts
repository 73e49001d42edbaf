import type { Clock } from "../../../ports/clock.ts";
import type { Answering, WhoAnswers } from "../../../integrations/doctor/who-answers.ts";
import type { ActionAvailability } from "../../view-types.ts";

/** Our choices: how long an answer is believed, and how long one is waited for; finding credentials can take seconds. */
const believedMs = 60_000;
const longestWaitMs = 500;

interface Known {
  readonly answer: Promise<ActionAvailability>;
  readonly askedAt: number;
}

/** Who answers the calls of a service's client: asked one after the other, and remembered for a minute. */
export class ClientAvailability {
  readonly #makeWhoAnswers: () => WhoAnswers;
  readonly #clock: Pick<Clock, "now" | "schedule">;
  readonly #known = new Map<string, Known>();
  #last: Promise<unknown> = Promise.resolve();
  #asker: { readonly ask: WhoAnswers; readonly since: number } | undefined;

  /** `makeWhoAnswers` makes one that looks anew. */
  constructor(makeWhoAnswers: () => WhoAnswers, clock: Pick<Clock, "now" | "schedule">) {
    this.#makeWhoAnswers = makeWhoAnswers;
    this.#clock = clock;
  }

  /** Of each client by its name; `unknown` for those of which it has not been found out in half a second. */
  async of(clients: readonly string[]): Promise<ReadonlyMap<string, ActionAvailability>> {
    let cancel = (): void => {};
    const tooLate = new Promise<ActionAvailability>((resolve) => {
      const at = this.#clock.now() + longestWaitMs;
      cancel = this.#clock.schedule(at, () => resolve({ to: "unknown" }));
    });
    const answers = clients.map(async (client) => {
      const availability = await Promise.race([this.#find(client), tooLate]);
      return [client, availability] as const;
    });
    try {
      return new Map(await Promise.all(answers));
    } finally {
      cancel();
    }
  }

  #find(client: string): Promise<ActionAvailability> {
    const now = this.#clock.now();
    const known = this.#known.get(client);
    if (known !== undefined && now - known.askedAt < believedMs) return known.answer;
    const answer = this.#last.then(() => this.#ask(client));
    this.#last = answer;
    this.#known.set(client, { answer, askedAt: now });
    return answer;
  }

  async #ask(client: string): Promise<ActionAvailability> {
    const now = this.#clock.now();
    if (this.#asker === undefined || now - this.#asker.since >= believedMs) {
      this.#asker = { ask: this.#makeWhoAnswers(), since: now };
    }
    try {
      return told(await this.#asker.ask(client));
    } catch (thrown) {
      // An installed client that cannot be loaded: it will say so again when it is called.
      return { to: "nowhere", because: thrown instanceof Error ? thrown.message : String(thrown) };
    }
  }
}

function told({ to, because }: Answering): ActionAvailability {
  return { to, because };
}
