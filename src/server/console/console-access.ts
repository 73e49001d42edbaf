import type { IncomingMessage } from "node:http";
import type { Caller } from "../../ports/caller.ts";
import type { Authenticator } from "../authentication/authenticator.ts";
import { httpErrors } from "../http-errors.ts";

/** Who is signed in to the console with a browser. */
export interface ConsoleSessions {
  /** Whoever the request's cookie belongs to; `undefined`: nobody. */
  callerOf(request: IncomingMessage): Caller | undefined | Promise<Caller | undefined>;
  /**
   * Calls `changed` once what the request's session may is something else, or it is over; for what stays open after its request.
   * The result stops it.
   */
  whenChanged(request: IncomingMessage, changed: () => void): () => void;
}

/** Finds out who uses the console's API: a browser by its session, a program by its signature. */
export class ConsoleAccess {
  readonly #authenticator: Authenticator;
  readonly #sessions: ConsoleSessions | undefined;

  constructor(authenticator: Authenticator, sessions?: ConsoleSessions) {
    this.#authenticator = authenticator;
    this.#sessions = sessions;
  }

  /** Whether browsers can be signed in at all; else there is nothing to show them. */
  get hasSessions(): boolean {
    return this.#sessions !== undefined;
  }

  /** See {@link ConsoleSessions.whenChanged}. A program's signature was valid when the stream began, and that is that. */
  whenChanged(request: IncomingMessage, changed: () => void): () => void {
    if (request.headers.authorization !== undefined) return () => {};
    return this.#sessions?.whenChanged(request, changed) ?? (() => {});
  }

  /** Rejects with what to answer whoever is nobody. */
  async callerOf(request: IncomingMessage, body: Uint8Array): Promise<Caller> {
    if (request.headers.authorization !== undefined) {
      const claimed = this.#authenticator.read(request, ["states"]);
      return this.#authenticator.callerOf(claimed, request, body);
    }
    const caller = await this.#sessions?.callerOf(request);
    if (caller === undefined) throw httpErrors.signIn();
    return caller;
  }
}
