import type { ServerResponse } from "node:http";
import type { Feed, FeedItem, FeedSubscriber } from "../../ports/feed.ts";
import { encodeFeedLine, type FeedLine } from "./feed-codec.ts";

/** Our choice: events that may wait for a node that reads slowly. */
const capacity = 20_000;
/** Our choice: how often a stream says that it is alive. */
export const feedHeartbeatMs = 5_000;
/** Our choice: characters of lines that are written together. */
const writtenTogether = 256 * 1024;

/** Tells another node what happens here, line by line, for as long as it reads. */
export class FeedStream implements FeedSubscriber {
  readonly name = "another node";
  readonly capacity = capacity;
  readonly #nodeId: string;
  readonly #response: ServerResponse;

  constructor(nodeId: string, response: ServerResponse) {
    this.#nodeId = nodeId;
    this.#response = response;
  }

  /** Ends with the response, or when `signal` is aborted. */
  follow(feed: Feed, signal: AbortSignal): void {
    const response = this.#response;
    response.writeHead(200, { "Content-Type": "application/x-ndjson" });
    const leave = feed.subscribe(this);
    const heartbeat = setInterval(() => this.#write({ type: "heartbeat" }), feedHeartbeatMs);
    const stop = (): void => {
      clearInterval(heartbeat);
      leave();
      response.destroy();
    };
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
    // After the subscription: who reads this line misses nothing from here on.
    this.#write({ type: "open", nodeId: this.#nodeId });
  }

  async receive(items: readonly FeedItem[]): Promise<void> {
    let text = "";
    for (const item of items) {
      text += encodeFeedLine({ type: "item", item });
      if (text.length < writtenTogether) continue;
      await this.#drained(text);
      text = "";
    }
    if (text !== "") await this.#drained(text);
  }

  startAgain(): void {
    this.#write({ type: "start again" });
  }

  #write(line: FeedLine): void {
    if (!this.#response.destroyed) this.#response.write(encodeFeedLine(line));
  }

  /** Resolves when there is room for more: until then what happens waits in the feed, where it has a bound. */
  async #drained(text: string): Promise<void> {
    const response = this.#response;
    if (response.destroyed || response.write(text)) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        response.removeListener("drain", done);
        response.removeListener("close", done);
        resolve();
      };
      response.on("drain", done);
      response.on("close", done);
    });
  }
}
