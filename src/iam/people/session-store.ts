import { createHash, randomBytes } from "node:crypto";
import type { EpochMs } from "../../machine/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DocumentRecord, DocumentStore } from "../../ports/document-store.ts";
import { allDocuments } from "../directory/all-documents.ts";
import { type Person, personKey } from "./person.ts";

/** Any node reads it for each request, so that nobody has to be told of what is revoked. */
const collection = "people.session";
/** *Documented*: OWASP, Session Management; 256 bits, where 128 are asked for. */
const idBytes = 32;
/** Our choices, as OWASP has them for what is worth much. */
export const idleMs = 30 * 60_000;
export const lifeMs = 12 * 3_600_000;
/** Our choice: how exactly it is known when a session was used; each time is a write. */
const touchMs = 60_000;
/** Our choice: browsers of one person; another one ends the oldest of them. */
const mostOfPerson = 20;

/** The session of a browser. Its id is known to the browser alone: what is stored is found by the id's hash. */
export interface BrowserSession {
  readonly person: Person;
  /** The role that he acts in; absent: he is a user, or has none. */
  readonly role?: { readonly name: string; readonly id: string };
  readonly startedAt: EpochMs;
  readonly lastUsedAt: EpochMs;
  readonly from: SeenBrowser;
}

/** What a browser says of itself, for whoever looks at his sessions. Nothing is decided by it. */
export interface SeenBrowser {
  readonly sourceIp: string;
  readonly userAgent?: string;
}

export interface StoredSession extends BrowserSession {
  /** The hash of the id: names it, and opens nothing. */
  readonly handle: string;
}

export function handleOf(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}

export class SessionStore {
  readonly #store: DocumentStore;
  readonly #clock: Pick<Clock, "now">;

  constructor(store: DocumentStore, clock: Pick<Clock, "now">) {
    this.#store = store;
    this.#clock = clock;
  }

  /** Resolves with the id of a session that nobody has had before. */
  async begin(session: Omit<BrowserSession, "startedAt" | "lastUsedAt">): Promise<string> {
    await this.#makeRoom(session.person);
    const id = randomBytes(idBytes).toString("base64url");
    const at = this.#clock.now();
    const begun: BrowserSession = { ...session, startedAt: at, lastUsedAt: at };
    const body = JSON.stringify(begun);
    const document = { collection, id: handleOf(id), version: 1, body };
    if (!(await this.#store.putDocument(document))) throw new Error("a session's id was given");
    return id;
  }

  /** The session, if it has not ended. `isUse`: what is asked for is a use of it, not a page that refreshes itself. */
  async find(id: string, isUse: boolean): Promise<StoredSession | undefined> {
    const document = await this.#store.document(collection, handleOf(id));
    if (document === undefined) return undefined;
    const session = read(document);
    const now = this.#clock.now();
    if (hasEnded(session, now)) {
      await this.#delete(document);
      return undefined;
    }
    if (isUse && now - session.lastUsedAt >= touchMs) {
      const { handle: _, ...used } = { ...session, lastUsedAt: now };
      // Where two requests use it at once, one of them is enough.
      await this.#put(document, used);
    }
    return session;
  }

  /** Whether the session is there and has not ended. */
  async isOpen(handle: string): Promise<boolean> {
    const document = await this.#store.document(collection, handle);
    return document !== undefined && !hasEnded(read(document), this.#clock.now());
  }

  /** Rejects if others change it again and again. `false`: it has ended. */
  async change(handle: string, role: BrowserSession["role"]): Promise<boolean> {
    for (let tries = 0; tries < 5; tries++) {
      const document = await this.#store.document(collection, handle);
      if (document === undefined) return false;
      const { handle: _, role: __, ...session } = read(document);
      if (await this.#put(document, { ...session, ...(role && { role }) })) return true;
    }
    throw new Error("a session was changed by others again and again");
  }

  async end(handle: string): Promise<void> {
    // It may be used meanwhile, which is a change.
    for (;;) {
      const document = await this.#store.document(collection, handle);
      if (document === undefined || (await this.#delete(document))) return;
    }
  }

  /** Those that have not ended, the newest first. */
  async list(): Promise<readonly StoredSession[]> {
    const now = this.#clock.now();
    const sessions: StoredSession[] = [];
    for await (const document of allDocuments(this.#store, collection)) {
      const session = read(document);
      if (!hasEnded(session, now)) sessions.push(session);
    }
    return sessions.sort((left, right) => right.startedAt - left.startedAt);
  }

  /** Ends all of a person but one. */
  async endAllOf(person: Person, except?: string): Promise<readonly string[]> {
    const key = personKey(person);
    const ended = (await this.list()).filter(
      (session) => personKey(session.person) === key && session.handle !== except,
    );
    for (const { handle } of ended) await this.end(handle);
    return ended.map(({ handle }) => handle);
  }

  /** Removes what has ended. */
  async sweep(): Promise<void> {
    const now = this.#clock.now();
    const ended: DocumentRecord[] = [];
    for await (const document of allDocuments(this.#store, collection)) {
      if (hasEnded(read(document), now)) ended.push(document);
    }
    for (const document of ended) await this.#delete(document);
  }

  async #makeRoom(person: Person): Promise<void> {
    const key = personKey(person);
    const own = (await this.list()).filter((session) => personKey(session.person) === key);
    for (const { handle } of own.slice(mostOfPerson - 1)) await this.end(handle);
  }

  #put({ id, version }: DocumentRecord, session: BrowserSession): Promise<boolean> {
    const body = JSON.stringify(session);
    return this.#store.putDocument({ collection, id, version: version + 1, body });
  }

  #delete({ id, version }: DocumentRecord): Promise<boolean> {
    return this.#store.deleteDocument(collection, id, version);
  }
}

function read({ id, body }: DocumentRecord): StoredSession {
  return { ...(JSON.parse(body) as BrowserSession), handle: id };
}

function hasEnded({ startedAt, lastUsedAt }: BrowserSession, now: EpochMs): boolean {
  return now - lastUsedAt >= idleMs || now - startedAt >= lifeMs;
}
