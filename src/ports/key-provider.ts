/** What a wrapped data key is bound to: it unwraps with the same context only. */
export interface KeyContext {
  readonly keyId: string;
  /** The rest of what its record says, so that nobody can change that. */
  readonly [name: string]: string;
}

/** Keeps data keys secret under a key that is elsewhere: in a file, in KMS, in Vault. */
export interface KeyProvider {
  /** What it is, for people: `the key file /etc/stepwell.key`. */
  readonly name: string;
  /** Rejects with a {@link KeyUnavailable}, as {@link unwrap} does. */
  wrap(key: Uint8Array, context: KeyContext): Promise<string>;
  unwrap(wrapped: string, context: KeyContext): Promise<Uint8Array>;
}

/** See {@link KeyProblem}. */
export const keyProblems = ["wrong", "denied", "invalid", "throttled", "unreachable"] as const;

/**
 * - `wrong`: the key is there and is not the one that wrapped.
 * - `denied`: its keeper refuses.
 * - `invalid`: it is disabled, to be deleted, or gone.
 * - `throttled`: its keeper is asked too often.
 * - `unreachable`: its keeper does not answer, or there is no such file.
 */
export type KeyProblem = (typeof keyProblems)[number];

/** *Documented*: the states of a KMS key in which it cannot be used. */
export const kmsKeyStates = [
  "CREATING",
  "DISABLED",
  "PENDING_DELETION",
  "PENDING_IMPORT",
  "UNAVAILABLE",
] as const;
export type KmsKeyState = (typeof kmsKeyStates)[number];

/** A key cannot be used now. */
export class KeyUnavailable extends Error {
  override readonly name = "KeyUnavailable";
  readonly problem: KeyProblem;
  /** Of a key that is `invalid`, where its keeper says more. */
  readonly state: KmsKeyState | undefined;

  constructor(
    problem: KeyProblem,
    message: string,
    options?: { readonly cause?: unknown; readonly state?: KmsKeyState | undefined },
  ) {
    super(message, options);
    this.problem = problem;
    this.state = options?.state;
  }
}
