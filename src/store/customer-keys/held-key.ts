import type { EpochMs } from "../../machine/ids.ts";
import type {
  CustomerKey,
  CustomerKeyUnavailable,
  KeyInUse,
  KeyUser,
} from "../../ports/customer-keys.ts";
import type { DataKey } from "../sealed/data-key.ts";
import { sealText } from "../sealed/seal-text.ts";

/** A text that a customer's key has sealed begins so; what the store seals, and JSON, begin otherwise. */
export const customerMark = "~c";

/** A data key of a customer, unwrapped. */
export class HeldKey implements KeyInUse {
  readonly customerKey: CustomerKey;
  readonly dataKey: DataKey;
  /** As its document has it. */
  readonly wrapped: string;
  /** When its keeper gave it. */
  givenAt: EpochMs = 0;
  reuseMs: number;
  readonly #users = new Map<KeyUser, number>();
  readonly #onRetained: (key: HeldKey) => void;

  /** `onRetained` is called when it is retained and was not. */
  constructor(
    { wrapped, ...customerKey }: CustomerKey & { readonly wrapped: string },
    dataKey: DataKey,
    onRetained: (key: HeldKey) => void,
  ) {
    this.customerKey = customerKey;
    this.dataKey = dataKey;
    this.wrapped = wrapped;
    this.reuseMs = customerKey.reuseSeconds * 1_000;
    this.#onRetained = onRetained;
  }

  /** When its keeper must be asked again. */
  get reusableUntil(): EpochMs {
    return this.givenAt + this.reuseMs;
  }

  get isRetained(): boolean {
    return this.#users.size > 0;
  }

  seal(text: string, place: string): string {
    return customerMark + sealText({ text, place }, this.dataKey);
  }

  retain(user: KeyUser): void {
    const isFirst = this.#users.size === 0;
    this.#users.set(user, (this.#users.get(user) ?? 0) + 1);
    if (isFirst) this.#onRetained(this);
  }

  release(user: KeyUser): void {
    const left = (this.#users.get(user) ?? 0) - 1;
    if (left > 0) this.#users.set(user, left);
    else this.#users.delete(user);
  }

  /** Tells everybody who has it that its keeper gave it again. */
  renewed(): void {
    for (const user of this.#users.keys()) user.keyRenewed(this);
  }

  /** Tells everybody who has it. */
  lose(reason: CustomerKeyUnavailable): void {
    const users = [...this.#users.keys()];
    this.#users.clear();
    for (const user of users) user.keyLost(this, reason);
  }
}
