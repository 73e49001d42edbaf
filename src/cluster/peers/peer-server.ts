import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Feed } from "../../ports/feed.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Answerer } from "./answerer.ts";
import { FeedStream } from "./feed-stream.ts";
import { decodeHints, encodeHintsTaken } from "./hints-codec.ts";
import {
  type ChangeNotice,
  decodeChangeNotice,
  decodeHandedOver,
  type HandedOverNotice,
} from "./notices-codec.ts";
import { peerPaths } from "./peer-paths.ts";
import { PeerKey, signatureHeader, timeHeader } from "./request-signature.ts";
import { NotUnderstood } from "./wire.ts";

/** What a node does for the others. */
export interface PeerHandlers {
  readonly nodeId: string;
  /** Answers questions to the owners of partitions, and takes hints for them. */
  readonly answerer: Pick<Answerer, "answerText" | "takeHints">;
  /** Answered when what is remembered here is no older than the change. */
  changed(notice: ChangeNotice): Promise<void>;
  /** Answered at once. */
  handedOver(notice: HandedOverNotice): void;
  /** What happens here. */
  readonly feed: Feed;
}

export interface PeerServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The store's: who does not have it is told nothing. */
  readonly secret: string;
  readonly serve: PeerHandlers;
  readonly logger: Logger;
  /** Milliseconds since the Unix epoch; absent: the machine's. */
  readonly now?: () => number;
}

export interface PeerServer {
  readonly port: number;
  /** Stops accepting, ends long polls and streams, lets the other requests finish for `graceMs`. */
  close(graceMs: number): Promise<void>;
}

/** Our choice: a payload of 256 KiB may take six times as much in JSON, and hints come many at a time. */
const maxBodyBytes = 16 * 1024 * 1024;

type Route = (body: string, signal: AbortSignal) => string | Promise<string>;

/** Serves the other nodes of the cluster, on a port of its own. Rejects if the port cannot be had. */
export async function startPeerServer(options: PeerServerOptions): Promise<PeerServer> {
  const { host, serve, logger, now = Date.now } = options;
  const key = new PeerKey(options.secret);
  const open = new Set<AbortController>();
  let isClosing = false;

  const routes: { readonly [path: string]: Route } = {
    [peerPaths.ask]: async (body, signal) => (await serve.answerer.answerText(body, signal)).text,
    // Nobody waits for what they lead to.
    [peerPaths.hints]: (body) => encodeHintsTaken(serve.answerer.takeHints(decodeHints(body))),
    async [peerPaths.changed](body) {
      await serve.changed(decodeChangeNotice(body));
      return "{}";
    },
    [peerPaths.handedOver](body) {
      serve.handedOver(decodeHandedOver(body));
      return "{}";
    },
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request);
    if (body === undefined) {
      refuse(response, 413);
      return;
    }
    const { method = "", url: path = "" } = request;
    const time = headerOf(request, timeHeader);
    const signature = headerOf(request, signatureHeader);
    if (!key.isSigned({ method, path, time, body }, signature, now())) {
      // Nothing else: not whether the path exists, nor what was wrong.
      refuse(response, 401);
      return;
    }
    const signal = signalFor(response);
    const answer = (status: number, text: string): void => {
      if (isClosing) response.shouldKeepAlive = false;
      response.writeHead(status, {
        "Content-Type": "application/json",
        "Content-Length": Buffer.byteLength(text),
        [signatureHeader]: key.signAnswer(signature, status, text),
      });
      response.end(text);
    };
    if (method === "GET" && path === peerPaths.feed) {
      response.setHeader(signatureHeader, key.signAnswer(signature, 200, ""));
      new FeedStream(serve.nodeId, response).follow(serve.feed, signal);
      return;
    }
    const route = method === "POST" && Object.hasOwn(routes, path) ? routes[path] : undefined;
    if (route === undefined) {
      answer(404, JSON.stringify({ message: `This node knows no ${method} ${path}.` }));
      return;
    }
    try {
      const text = await route(body.toString(), signal);
      if (!response.destroyed) answer(200, text);
    } catch (thrown) {
      const { message } = thrown as Error;
      if (!(thrown instanceof NotUnderstood)) {
        logger.error("a request of another node failed", { path, message });
      }
      if (!response.destroyed) {
        answer(thrown instanceof NotUnderstood ? 400 : 500, JSON.stringify({ message }));
      }
    }
  }

  /** Aborted when who asked goes away, or this node does. */
  function signalFor(response: ServerResponse): AbortSignal {
    const controller = new AbortController();
    open.add(controller);
    response.once("close", () => {
      open.delete(controller);
      if (!response.writableFinished) controller.abort();
    });
    if (response.destroyed) controller.abort();
    return controller.signal;
  }

  const server = createServer(
    {
      requestTimeout: 30_000,
      headersTimeout: 10_000,
      // Others close a connection that was idle a second before; see `Keep-Alive: timeout`.
      keepAliveTimeout: 65_000,
      noDelay: true,
    },
    (request, response) => {
      handle(request, response).catch(() => response.destroy());
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port, host, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });

  return {
    port: (server.address() as AddressInfo).port,
    async close(graceMs) {
      isClosing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const controller of open) controller.abort();
      server.closeIdleConnections();
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

/** `undefined`: it is too large. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, bytes);
}

/** The connection is not used again: its other end is no node, or something that it has sent has not been read. */
function refuse(response: ServerResponse, status: number): void {
  response.shouldKeepAlive = false;
  response.writeHead(status, { "Content-Length": 0 });
  response.end();
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return typeof value === "string" ? value : "";
}
