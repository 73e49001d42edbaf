import { connect } from "node:net";
import fc from "fast-check";
import { post } from "../api/post.ts";
import { type FuzzServer, openFuzzServer } from "./fuzz-server.ts";
import { check, type FuzzTarget, refusePollution } from "./fuzz-target.ts";
import {
  apiRequests,
  consoleRequests,
  formRequests,
  type FuzzRequest,
  machineRequests,
} from "./requests.ts";
import { watchStalls } from "./stall.ts";
import { wireTexts } from "./wire.ts";

/** A target that is a server; what it logs as its own mistake is one, whatever it has answered. */
function serverTarget<T>(
  name: string,
  usualCases: number,
  given: {
    readonly cases: fc.Arbitrary<T>;
    readonly attempt: (server: FuzzServer, given: T) => Promise<void>;
    readonly isClosed?: boolean;
  },
): FuzzTarget {
  return {
    name,
    usualCases,
    async open() {
      const server = await openFuzzServer({ isClosed: given.isClosed === true });
      const watch = watchStalls();
      const property = fc.asyncProperty(given.cases, async (one) => {
        const before = server.mistakes.length;
        await watch.during(() => given.attempt(server, one));
        const mistakes = server.mistakes.slice(before);
        if (mistakes.length > 0) throw new Error(mistakes.join("\n"));
        refusePollution();
      });
      return {
        check: (bounds) => check(property, bounds),
        async close() {
          watch.stop();
          await server.close();
        },
      };
    },
  };
}

/** Our choice: longer than any answer takes that waits for nothing. */
const longestAnswerMs = 10_000;

async function ask(server: FuzzServer, request: FuzzRequest): Promise<void> {
  const { method, path, headers, body } = request;
  const sent = post(server.port, "", body, { method, path, headers });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("There is no answer")), longestAnswerMs);
  });
  const { status, text } = await Promise.race([sent, late]).finally(() => clearTimeout(timer));
  if (status >= 500) throw new Error(`It answers ${status}: ${text}`);
  if (/\.ts:\d|node:internal|\bat [a-z]+ \(/.test(text)) throw new Error(`It tells where: ${text}`);
}

/** Sends bytes and ends the connection; answers what came back. Who is silent for too long is left. */
function tell(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.end(bytes, "latin1"));
    let text = "";
    socket.setEncoding("latin1").on("data", (chunk: string) => (text += chunk));
    socket.setTimeout(longestAnswerMs, () => {
      socket.destroy();
      reject(new Error(`The connection stays open after: ${text}`));
    });
    // A connection that is reset has been refused, too.
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
}

/** What a closed server says to somebody who has no key: its health, and where its console would be. */
function refuseAnswerTo(bytes: string, text: string): void {
  if (/^HTTP\/1\.1 5\d\d/m.test(text)) throw new Error(`It answers ${text}`);
  const isOpen = /^(GET|HEAD) \/(health|console|\S*\.\.)?[ ?/]/.test(bytes);
  if (/^HTTP\/1\.1 200/m.test(text) && !isOpen) throw new Error(`It lets in: ${text}`);
}

export const serverTargets: readonly FuzzTarget[] = [
  serverTarget("API bodies", 300, { cases: apiRequests, attempt: ask }),
  serverTarget("machines", 40, {
    cases: machineRequests,
    async attempt(server, requests) {
      for (const request of requests) await ask(server, request);
    },
  }),
  serverTarget("query protocol", 300, { cases: formRequests, attempt: ask }),
  serverTarget("console routes", 300, { cases: consoleRequests, attempt: ask }),
  serverTarget("headers", 300, {
    cases: wireTexts,
    isClosed: true,
    async attempt(server, bytes) {
      refuseAnswerTo(bytes, await tell(server.port, bytes));
    },
  }),
];
