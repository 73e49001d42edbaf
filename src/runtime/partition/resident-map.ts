import type { KeyUser } from "../../ports/customer-keys.ts";
import type { Resident } from "./resident.ts";

/** The executions of a partition that are in memory, by their ARNs. Those that have a customer's key retain it as long as they are here. */
export class ResidentMap extends Map<string, Resident> {
  readonly #user: KeyUser;

  constructor(user: KeyUser) {
    super();
    this.#user = user;
  }

  override set(executionArn: string, resident: Resident): this {
    if (resident.key !== undefined && this.get(executionArn) !== resident) {
      this.#release(executionArn);
      resident.key.retain(this.#user);
    }
    return super.set(executionArn, resident);
  }

  override delete(executionArn: string): boolean {
    this.#release(executionArn);
    return super.delete(executionArn);
  }

  override clear(): void {
    for (const executionArn of this.keys()) this.#release(executionArn);
    super.clear();
  }

  #release(executionArn: string): void {
    this.get(executionArn)?.key?.release(this.#user);
  }
}
