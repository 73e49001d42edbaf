import type { EventId } from "../machine/ids.ts";
import { type KeyProblem, type KmsKeyState, KeyUnavailable } from "./key-provider.ts";

/** The key that an `encryptionConfiguration` of the type CUSTOMER_MANAGED_KMS_KEY names. */
export interface CustomerKey {
  /** The state machine or activity whose data it seals; its versions and Map Runs share it. */
  readonly resourceArn: string;
  /** An id, an alias, or the ARN of either. */
  readonly kmsKeyId: string;
  /** For so long its keeper is not asked again. */
  readonly reuseSeconds: number;
}

/** *Documented*: the API's names of what may be wrong. Our choice: a key whose keeper does not answer is in no valid state. */
const errorNames = {
  denied: "KmsAccessDeniedException",
  wrong: "KmsAccessDeniedException",
  invalid: "KmsInvalidStateException",
  unreachable: "KmsInvalidStateException",
  throttled: "KmsThrottlingException",
} as const satisfies { readonly [P in KeyProblem]: string };

/** A customer's key cannot be used now. The message is for who runs the server: it says where the key is looked for. */
export class CustomerKeyUnavailable extends Error {
  override readonly name: string = "CustomerKeyUnavailable";
  readonly kmsKeyId: string;
  readonly problem: KeyProblem;
  readonly errorName: (typeof errorNames)[KeyProblem];
  /** What KMS says of a key that is in no valid state; `UNAVAILABLE` where nothing more is known. */
  readonly state: KmsKeyState;

  constructor(kmsKeyId: string, reason: KeyUnavailable) {
    super(`The key ${kmsKeyId} cannot be used: ${reason.message}`, { cause: reason });
    this.kmsKeyId = kmsKeyId;
    this.problem = reason.problem;
    this.errorName = errorNames[reason.problem];
    this.state = reason.state ?? "UNAVAILABLE";
  }

  /** Whether its keeper has said no; otherwise it may well be had later. */
  get isRefusal(): boolean {
    return this.problem !== "throttled" && this.problem !== "unreachable";
  }
}

/** Why a journal cannot be read, and what there is in clear to end it nevertheless. */
export interface UnreadJournal {
  readonly reason: CustomerKeyUnavailable;
  /** The last public event. */
  readonly lastEventId: EventId;
}

/** Who needs a key for as long as it is retained. */
export interface KeyUser {
  /** Its keeper does not give it any more. What it seals from here on is for the last time. */
  keyLost(key: KeyInUse, reason: CustomerKeyUnavailable): void;
  /** Its keeper has given it for one more period: whoever goes on with it has to be allowed to for that. */
  keyRenewed(key: KeyInUse): void;
}

/**
 * A customer's key that is in memory. It is there for the time that it may be reused, and asked for again after that, as long as
 * somebody retains it: whoever has it can seal with it at any moment, and waits for nobody.
 */
export interface KeyInUse {
  /** Seals a text for a place; nothing opens it elsewhere. */
  seal(text: string, place: string): string;
  /** Each `retain` needs one `release`. */
  retain(user: KeyUser): void;
  release(user: KeyUser): void;
}

/** The customers' keys of a store. All reject with a {@link CustomerKeyUnavailable}. */
export interface CustomerKeys {
  /** Whether the key can be used: its keeper is asked, unless it was a short time ago. */
  check(key: CustomerKey): Promise<void>;
  use(key: CustomerKey): Promise<KeyInUse>;
}

/** Where there is no keeper of keys. */
export const noCustomerKeys: CustomerKeys = {
  check: (key) => Promise.reject(nobodyKeeps(key)),
  use: (key) => Promise.reject(nobodyKeeps(key)),
};

function nobodyKeeps({ kmsKeyId }: CustomerKey): CustomerKeyUnavailable {
  return new CustomerKeyUnavailable(
    kmsKeyId,
    new KeyUnavailable("denied", "this server has no keys of customers"),
  );
}
