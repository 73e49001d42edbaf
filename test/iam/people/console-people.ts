import { onTestFinished } from "vitest";
import { ConsoleService } from "../../../src/console/console-service.ts";
import type { IamOptions } from "../../../src/iam/create-iam.ts";
import type { AuditedCall } from "../../../src/ports/audit-trail.ts";
import { LinkDesk } from "../../../src/console/questions/link-desk.ts";
import type { Clock } from "../../../src/ports/clock.ts";
import type { Store } from "../../../src/ports/store.ts";
import { createAuthenticator } from "../../../src/server/authentication/authenticator.ts";
import { ConsoleAccess } from "../../../src/server/console/console-access.ts";
import { createConsoleHttp } from "../../../src/server/console/console-http.ts";
import { openSignIn } from "../../../src/server/console/sign-in/open-sign-in.ts";
import { createHttpServer } from "../../../src/server/http-server.ts";
import { createStepwell } from "../../../src/server/stepwell-server.ts";
import { createMemoryStore } from "../../../src/store/memory/memory-store.ts";
import { accountId, region } from "../../api/start-server.ts";

const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A clock that a test puts forward; what is scheduled is not woken. */
export interface SetClock extends Clock {
  at: number;
}

export function setClock(): SetClock {
  return {
    at: Date.now(),
    now() {
      return this.at;
    },
    schedule: () => () => {},
  };
}

export interface ConsolePeopleOptions extends Pick<IamOptions, "oidc"> {
  readonly clock?: SetClock;
  readonly isSecure?: boolean;
  readonly linksNeedSignIn?: boolean;
  /** That of another console, which is then another node of the same cluster. */
  readonly store?: Store;
}

/** A console that asks everybody who he is, in front of a server without executions. */
export async function startConsole({
  oidc,
  clock = setClock(),
  isSecure = false,
  linksNeedSignIn = false,
  store = createMemoryStore(),
}: ConsolePeopleOptions = {}) {
  const stepwell = await createStepwell({
    store,
    clock,
    logger,
    region,
    accountId,
    // A cost that a test has time for.
    iam: { mode: "required", oidc, passwordLogCost: 4 },
    cloudWatch: { to: async () => undefined, close() {} },
    onFailure() {},
  });
  const { service, engine, iam } = stepwell;
  const views = new ConsoleService({ service, engine, store, clock, version: "1.2.3", logger });
  const { credentials } = iam;
  const authenticator = createAuthenticator({ credentials, clock, accountId });
  const recorded: AuditedCall[] = [];
  const signIn = openSignIn({
    iam,
    audit: {
      ensureWritable() {},
      record(call) {
        recorded.push(call);
        return undefined;
      },
    },
    clock,
    scope: service.scope,
    logger,
    isSecure,
    basePath: "/console",
  });
  const links = new LinkDesk({
    questions: views.questions,
    engine,
    clock,
    secret: store.secret(),
  });
  const http = createHttpServer({
    service,
    host: "127.0.0.1",
    port: 0,
    logger,
    authenticator,
    iam: iam.service,
    console: createConsoleHttp({
      console: views,
      service,
      folder: "none",
      basePath: "/console",
      logger,
      access: new ConsoleAccess(authenticator, signIn.pages),
      signIn,
      iam: iam.service,
      links,
      linksNeedSignIn,
      clock,
    }),
  });
  const { port } = await http.listen();
  onTestFinished(async () => {
    await http.close(0);
    await stepwell.shutdown(0);
  });
  const owner = { ...service.scope, principal: { type: "owner" } } as const;
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    clock,
    iam,
    service,
    views,
    links,
    store,
    /** What the audit log has of sessions. */
    recorded,
    asOwner: (operation: string, input: { readonly [name: string]: string }) =>
      iam.service.call("iam", operation, input, owner),
    browser: (headers: { readonly [name: string]: string } = {}) => new TestBrowser(url, headers),
  };
}

export type TestConsole = Awaited<ReturnType<typeof startConsole>>;

/** Keeps cookies, and says where its requests come from, as browsers do. */
export class TestBrowser {
  readonly cookies = new Map<string, string>();
  readonly #url: string;
  readonly #headers: { readonly [name: string]: string };

  constructor(url: string, headers: { readonly [name: string]: string }) {
    this.#url = url;
    this.#headers = headers;
  }

  /** Another one with the same cookies: a thief's. */
  stolen(headers: { readonly [name: string]: string } = {}): TestBrowser {
    const thief = new TestBrowser(this.#url, headers);
    for (const [name, value] of this.cookies) thief.cookies.set(name, value);
    return thief;
  }

  async fetch(
    path: string,
    init: RequestInit & { readonly headers?: { readonly [name: string]: string } } = {},
  ) {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(new URL(path, this.#url), {
      redirect: "manual",
      ...init,
      headers: { ...(cookie !== "" && { cookie }), ...this.#headers, ...init.headers },
    });
    for (const set of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === "") this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }

  get(path: string): Promise<Response> {
    return this.fetch(`/console/api/${path}`, { headers: { "sec-fetch-site": "same-origin" } });
  }

  post(path: string, body: object): Promise<Response> {
    return this.fetch(`/console/api/${path}`, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin", "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }
}
