import { type Authorizer, everybodyMay } from "../../ports/authorizer.ts";
import type { CustomerKeyUnavailable, KeyInUse, KeyUser } from "../../ports/customer-keys.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Activator } from "./activator.ts";
import type { Resident } from "./resident.ts";
import type { Residents } from "./residents.ts";
import { roleKeyRefusal } from "./role-key.ts";
import { keyLostFailure } from "./unread-executions.ts";

export interface KeyWatchOptions {
  readonly authorizer: Authorizer;
  readonly logger: Logger;
  readonly residents: () => Residents["byArn"];
  readonly activate: (...activated: Parameters<Activator["activate"]>) => void;
  /** Whether nothing may be recorded any more. */
  readonly isLost: () => boolean;
}

/** Ends the executions in memory that lose the key of their customer. */
export class KeyWatch implements KeyUser {
  readonly #options: KeyWatchOptions;

  constructor(options: KeyWatchOptions) {
    this.#options = options;
  }

  /** The key is refused from now on. */
  keyLost(key: KeyInUse, reason: CustomerKeyUnavailable): void {
    if (this.#options.isLost()) return;
    for (const resident of this.#usersOf(key)) this.#end(resident, reason);
  }

  /** The key is there, but a role may not use it any more. */
  keyRenewed(key: KeyInUse): void {
    if (this.#options.authorizer === everybodyMay) return;
    for (const resident of this.#usersOf(key)) void this.#askRoleOf(resident);
  }

  #usersOf(key: KeyInUse): readonly Resident[] {
    return [...this.#options.residents().values()].filter((resident) => resident.key === key);
  }

  async #askRoleOf({ machine, record: { executionArn } }: Resident): Promise<void> {
    const { authorizer, logger, residents, isLost } = this.#options;
    const { customerKey, identity } = machine;
    try {
      const refusal = customerKey && (await roleKeyRefusal(authorizer, customerKey, identity));
      const resident = residents().get(executionArn);
      if (refusal === undefined || resident === undefined || isLost()) return;
      this.#end(resident, refusal);
    } catch (thrown) {
      // Whoever could not be asked has not said no: the next period asks again.
      logger.warn("a role could not be asked about its key", { reason: String(thrown) });
    }
  }

  #end(resident: Resident, reason: CustomerKeyUnavailable): void {
    const { cause } = keyLostFailure(reason);
    this.#options.activate(resident, { type: "KeyLost", cause });
  }
}
