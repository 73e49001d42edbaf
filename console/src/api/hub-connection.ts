import { stillHereMs, type FromHub, type ToHub } from "./live-messages.ts";
import { openStream } from "./open-stream.ts";
import { StreamHub } from "./stream-hub.ts";

/**
 * A tab's way to the hub that holds the stream.
 *
 * The hub is in a shared worker, because a browser opens six connections to a host that speaks HTTP/1.1, and a stream for each
 * tab takes them all. It is not in an elected tab: locks, which elect one, are there only where the page is secure,
 * and a server of one's own is often plain HTTP in one's own network; a tab that nobody looks at is slowed down and frozen with
 * all that others want of it; and when it closes, the stream would have to change hands. A worker stays as long as any tab.
 *
 * Where there are no shared workers (some phones), or this one does not start, the tab has a hub of its own.
 */
export class HubConnection {
  readonly #receive: (message: FromHub) => void;
  #send: (message: ToHub) => void;
  #close: () => void = () => {};
  #said: ToHub = { type: "leave" };
  #isAnswered = true;

  constructor(receive: (message: FromHub) => void) {
    this.#receive = (message) => {
      this.#isAnswered = true;
      receive(message);
    };
    this.#send = this.#connect();
    setInterval(() => this.#sayAgain(), stillHereMs);
  }

  send(message: ToHub): void {
    this.#said = message;
    this.#send(message);
  }

  /** A hub that did not answer the last time has died with its worker: the next one is another. */
  #sayAgain(): void {
    if (this.#said.type === "leave") return;
    if (!this.#isAnswered) {
      this.#close();
      this.#send = this.#connect();
    }
    this.#isAnswered = false;
    this.#send(this.#said);
  }

  #connect(): (message: ToHub) => void {
    if (typeof SharedWorker === "undefined") return this.#own();
    try {
      return this.#shared();
    } catch {
      return this.#own();
    }
  }

  #shared(): (message: ToHub) => void {
    const worker = new SharedWorker(new URL("./stream.worker.ts", import.meta.url), {
      type: "module",
      name: "stepwell-stream",
    });
    worker.port.addEventListener("message", ({ data }: MessageEvent<FromHub>) => {
      this.#receive(data);
    });
    worker.port.start();
    worker.addEventListener("error", () => {
      worker.port.close();
      this.#send = this.#own();
      this.#send(this.#said);
    });
    this.#close = () => {
      worker.port.postMessage({ type: "leave" } satisfies ToHub);
      worker.port.close();
    };
    return (message) => worker.port.postMessage(message);
  }

  #own(): (message: ToHub) => void {
    const hub = new StreamHub(openStream);
    const port = { postMessage: this.#receive };
    this.#close = () => hub.receive(port, { type: "leave" });
    return (message) => hub.receive(port, message);
  }
}
