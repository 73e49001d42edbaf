import { Agent, type IncomingMessage, request as httpRequest } from "node:http";
import { decodeFeedLine } from "./feed-codec.ts";
import { feedHeartbeatMs } from "./feed-stream.ts";
import {
  type ChangeNotice,
  encodeChangeNotice,
  encodeHandedOver,
  type HandedOverNotice,
} from "./notices-codec.ts";
import type { NodeAddress } from "./owner-codec.ts";
import { peerPaths } from "./peer-paths.ts";
import { PeerKey, signatureHeader, timeHeader } from "./request-signature.ts";
import type { FeedItem } from "../../ports/feed.ts";

/** What came of a request. */
export type PeerReply =
  | { readonly type: "answered"; readonly text: string }
  /** It was not done: the node could not be reached, or did not take it. */
  | { readonly type: "not sent"; readonly reason: string }
  /** The node can be reached, and does not want it: it is of another version, or its clock or secret is another. */
  | { readonly type: "refused"; readonly status: number; readonly reason: string }
  /** It may have been done. */
  | { readonly type: "lost"; readonly reason: string };

export interface PeerRequest {
  /** Until when an answer must have come. */
  readonly timeoutMs: number;
  /** Nobody wants the answer any more. */
  readonly signal?: AbortSignal;
  /** It may take as long as it is told to, and must not keep others from being sent. */
  readonly waits?: boolean;
}

/** Who follows what happens on another node. */
export interface PeerFeedFollower {
  /** From here on everything is told that happens there. */
  opened(nodeId: string): void | Promise<void>;
  /** The next call comes when the promise that it gave has resolved. */
  receive(items: readonly FeedItem[]): void | Promise<void>;
  /** Something was missed: see `FeedSubscriber.startAgain`. */
  startAgain(): void | Promise<void>;
}

export interface PeerClientOptions {
  /** The store's. */
  readonly secret: string;
  /** Milliseconds since the Unix epoch; absent: the machine's. */
  readonly now?: () => number;
}

/** Our choice: nodes of a cluster are near each other. */
const connectMs = 2_000;
/** Our choice: what a change notice and a notice of partitions may take. */
const noticeMs = 5_000;
/** Our choice: connections to one node for questions; long polls have their own. */
const mostConnections = 128;
/** Our choice: the answer with all children that a redriven Map Run has still to begin is the largest. */
const maxAnswerBytes = 256 * 1024 * 1024;

/** Sends requests to other nodes, over connections that are kept. */
export class PeerClient {
  readonly #key: PeerKey;
  readonly #now: () => number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: mostConnections });
  readonly #waitingAgent = new Agent({ keepAlive: true });

  constructor({ secret, now = Date.now }: PeerClientOptions) {
    this.#key = new PeerKey(secret);
    this.#now = now;
  }

  /** A question to the owner of a partition, as text. Never rejects. */
  ask(node: NodeAddress, question: string, request: PeerRequest): Promise<PeerReply> {
    return this.#post(node, peerPaths.ask, question, request);
  }

  /** Never rejects. */
  hint(node: NodeAddress, hints: string, request: PeerRequest): Promise<PeerReply> {
    return this.#post(node, peerPaths.hints, hints, request);
  }

  /** Resolves when the node knows of the change, or with the reason why it does not. */
  tellChanged(node: NodeAddress, notice: ChangeNotice): Promise<PeerReply> {
    const timeoutMs = noticeMs;
    return this.#post(node, peerPaths.changed, encodeChangeNotice(notice), { timeoutMs });
  }

  tellHandedOver(node: NodeAddress, notice: HandedOverNotice): Promise<PeerReply> {
    const timeoutMs = noticeMs;
    return this.#post(node, peerPaths.handedOver, encodeHandedOver(notice), { timeoutMs });
  }

  /**
   * Follows what happens on a node until `signal` is aborted or the stream is cut, and gives the reason. Who goes on
   * opens another one, and reads from the store what happened in between.
   */
  async followFeed(
    node: NodeAddress,
    follower: PeerFeedFollower,
    signal: AbortSignal,
  ): Promise<string> {
    const opened = await this.#open(node, "GET", peerPaths.feed, "", {
      timeoutMs: connectMs + noticeMs,
      signal,
      waits: true,
    });
    if (opened.type !== "opened") return opened.reason;
    const { response, signature, finish } = opened;
    finish();
    if (
      response.statusCode !== 200 ||
      !this.#key.isAnswer(signature, 200, "", headerOf(response, signatureHeader))
    ) {
      response.destroy();
      return `${node.url} answers ${response.statusCode ?? 0}, or is no node of this cluster.`;
    }
    const cut = (): void => void response.destroy(new Error("nobody follows it any more"));
    signal.addEventListener("abort", cut, { once: true });
    // Silence is a cut that nobody has told of.
    response.setTimeout(3 * feedHeartbeatMs, () => response.destroy(new Error("it is silent")));
    try {
      await readFeed(response, follower);
      return "The node has ended the stream.";
    } catch (thrown) {
      response.destroy();
      return (thrown as Error).message;
    } finally {
      signal.removeEventListener("abort", cut);
    }
  }

  /** Ends every connection. */
  close(): void {
    this.#agent.destroy();
    this.#waitingAgent.destroy();
  }

  async #post(
    node: NodeAddress,
    path: string,
    body: string,
    request: PeerRequest,
  ): Promise<PeerReply> {
    const opened = await this.#open(node, "POST", path, body, request);
    if (opened.type !== "opened") return opened;
    const { response, signature, finish } = opened;
    try {
      const status = response.statusCode ?? 0;
      const text = await readAnswer(response);
      if (!this.#key.isAnswer(signature, status, text, headerOf(response, signatureHeader))) {
        const reason = `${node.url} answers ${status} without proof that it is a node of this cluster. Do both have the same store, and clocks that are less than a minute apart?`;
        return { type: "refused", status, reason };
      }
      if (status === 200) return { type: "answered", text };
      return { type: "refused", status, reason: `${node.url} answers ${status}: ${text}` };
    } catch (thrown) {
      return { type: "lost", reason: `${node.url}: ${(thrown as Error).message}` };
    } finally {
      finish();
    }
  }

  /** Resolves when the answer begins. `finish` ends the watch over its time. */
  #open(
    node: NodeAddress,
    method: string,
    path: string,
    body: string,
    { timeoutMs, signal, waits = false }: PeerRequest,
  ): Promise<
    | {
        readonly type: "opened";
        readonly response: IncomingMessage;
        readonly signature: string;
        readonly finish: () => void;
      }
    | Extract<PeerReply, { type: "not sent" | "lost" }>
  > {
    if (signal?.aborted === true) {
      return Promise.resolve({ type: "not sent", reason: "Nobody wants the answer any more." });
    }
    const time = String(this.#now());
    const signature = this.#key.sign({ method, path, time, body });
    return new Promise((resolve) => {
      let isSent = false;
      let connecting: NodeJS.Timeout | undefined;
      let request: ReturnType<typeof httpRequest>;
      try {
        request = httpRequest(new URL(path, node.url), {
          method,
          agent: waits ? this.#waitingAgent : this.#agent,
          headers: {
            [timeHeader]: time,
            [signatureHeader]: signature,
            ...(method === "GET" ? {} : { "Content-Length": Buffer.byteLength(body) }),
          },
        });
      } catch (thrown) {
        resolve({ type: "not sent", reason: `${node.url}: ${(thrown as Error).message}` });
        return;
      }
      const giveUp = (): void => void request.destroy(new Error("nobody waits for it any more"));
      const timer = setTimeout(
        () => request.destroy(new Error(`no answer within ${timeoutMs} ms`)),
        timeoutMs,
      );
      const finish = (): void => {
        clearTimeout(timer);
        clearTimeout(connecting);
        signal?.removeEventListener("abort", giveUp);
      };
      signal?.addEventListener("abort", giveUp, { once: true });
      // Nothing of a request leaves before its connection is there.
      request.on("socket", (socket) => {
        if (!socket.connecting) {
          isSent = true;
          return;
        }
        connecting = setTimeout(
          () => request.destroy(new Error(`no connection within ${connectMs} ms`)),
          connectMs,
        );
        socket.once("connect", () => {
          isSent = true;
          clearTimeout(connecting);
        });
      });
      request.on("response", (response) => {
        resolve({ type: "opened", response, signature, finish });
      });
      request.on("error", (error) => {
        finish();
        const reason = `${node.url}: ${error.message === "" ? String(error) : error.message}`;
        resolve({ type: isSent ? "lost" : "not sent", reason });
      });
      request.end(body);
    });
  }
}

async function readAnswer(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) throw new Error("the answer is too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, bytes).toString();
}

/** Resolves at the stream's end; rejects if it is cut. */
async function readFeed(response: IncomingMessage, follower: PeerFeedFollower): Promise<void> {
  response.setEncoding("utf8");
  // The parts of a line that has not ended: a long one comes in many.
  let rest: string[] = [];
  for await (const chunk of response as AsyncIterable<string>) {
    if (!chunk.includes("\n")) {
      rest.push(chunk);
      continue;
    }
    const lines = [...rest, chunk].join("").split("\n");
    rest = [lines.pop() ?? ""];
    let items: FeedItem[] = [];
    const tell = async (): Promise<void> => {
      if (items.length > 0) await follower.receive(items);
      items = [];
    };
    for (const text of lines) {
      const line = decodeFeedLine(text);
      if (line?.type === "item") items.push(line.item);
      else if (line?.type === "start again") {
        await tell();
        await follower.startAgain();
      } else if (line?.type === "open") await follower.opened(line.nodeId);
    }
    await tell();
  }
}

function headerOf(response: IncomingMessage, name: string): string {
  const value = response.headers[name];
  return typeof value === "string" ? value : "";
}
