import type { IncomingMessage } from "node:http";
import type { Caller } from "../../ports/caller.ts";
import type { Authenticator } from "../authentication/authenticator.ts";
import { httpErrors } from "../http-errors.ts";

/** Who is signed in to the console with a browser. */
export interface ConsoleSessions {
  /** Whoever the request's cookie belongs to; `undefined`: nobody. */
  callerOf(request: IncomingMessage): Caller | undefined | Promise<Caller | undefined>;
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
