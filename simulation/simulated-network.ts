import type { NodeAddress } from "../src/cluster/peers/owner-codec.ts";
import type { PeerReply, PeerRequest } from "../src/cluster/peers/peer-client.ts";
import type { Noise } from "./plan.ts";
import type { Process } from "./process.ts";
import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";

export interface SimulatedNetworkOptions {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly noise: () => Noise;
  /** Whether nothing gets from one to the other at present. */
  readonly isCut: (from: Process, to: Process) => boolean;
}

/** Answers one request. */
export type Serve = (text: string, signal: AbortSignal) => Promise<string>;

/** How long a sender waits for a connection. */
const connectMs = 2_000;

/** What one process sends another: it arrives late, twice, or not at all. */
export class SimulatedNetwork {
  readonly #options: SimulatedNetworkOptions;

  constructor(options: SimulatedNetworkOptions) {
    this.#options = options;
  }

  /** Sends a request and waits for its answer, as `PeerClient` does over HTTP. Never rejects. */
  request(
    from: Process,
    to: { readonly process: Process; readonly serve: Serve | undefined } | undefined,
    text: string,
    { timeoutMs, signal }: PeerRequest,
  ): Promise<PeerReply> {
    const { scheduler, random, isCut } = this.#options;
    return new Promise((resolve) => {
      from.issue(() => {
        const lost = (): void => resolve({ type: "lost", reason: "no answer came" });
        const notSent = (): void => resolve({ type: "not sent", reason: "it cannot be reached" });
        if (signal?.aborted === true) {
          notSent();
          return;
        }
        if (to === undefined || to.process.isDead || to.serve === undefined) {
          scheduler.after(from, random.between(0.2, 2), notSent);
          return;
        }
        const { process, serve } = to;
        if (isCut(from, process)) {
          scheduler.after(from, Math.min(connectMs, timeoutMs), notSent);
          return;
        }
        const timer = scheduler.after(from, timeoutMs, lost);
        const there = new AbortController();
        signal?.addEventListener("abort", () => {
          timer.isCancelled = true;
          lost();
          scheduler.after(process, this.#delayMs(), () => there.abort());
        });
        const deliver = (): void => {
          if (isCut(from, process)) return;
          serve(text, there.signal).then(
            (answer) => {
              process.issue(() => {
                if (this.#isLost() || isCut(process, from)) return;
                scheduler.after(from, this.#delayMs(), () => {
                  timer.isCancelled = true;
                  resolve({ type: "answered", text: answer });
                });
              });
            },
            () => {
              process.issue(() => scheduler.after(from, this.#delayMs(), lost));
            },
          );
        };
        if (this.#isLost()) return;
        scheduler.after(process, this.#delayMs(), deliver);
        if (this.#isLost()) scheduler.after(process, this.#delayMs() * 20, deliver);
      });
    });
  }

  /** Tells something once; it may be lost. */
  tell(from: Process, to: Process, hear: () => void): void {
    const { scheduler, isCut } = this.#options;
    from.issue(() => {
      if (this.#isLost() || isCut(from, to)) return;
      scheduler.after(to, this.#delayMs(), hear);
      if (this.#isLost()) scheduler.after(to, this.#delayMs() * 20, hear);
    });
  }

  /** What a `PeerClient` of the process would be. */
  clientOf(
    process: Process,
    find: (nodeId: string) => Peer | undefined,
  ): {
    ask(node: NodeAddress, question: string, request: PeerRequest): Promise<PeerReply>;
    hint(node: NodeAddress, hints: string, request: PeerRequest): Promise<PeerReply>;
  } {
    const send = (
      node: NodeAddress,
      text: string,
      request: PeerRequest,
      serve: "answer" | "takeHints",
    ): Promise<PeerReply> => {
      const peer = find(node.nodeId);
      const to = peer && { process: peer.process, serve: peer[serve] };
      return this.request(process, to, text, request);
    };
    return {
      ask: (node, text, request) => send(node, text, request, "answer"),
      hint: (node, text, request) => send(node, text, request, "takeHints"),
    };
  }

  #isLost(): boolean {
    const { random, noise } = this.#options;
    const { network } = noise();
    return network > 0 && random.chance(network);
  }

  #delayMs(): number {
    const { random, noise } = this.#options;
    const isSlow = noise().network > 0 && random.chance(0.01);
    return isSlow ? random.between(50, 3_000) : random.between(0.1, 1);
  }
}

/** A node as others reach it. */
export interface Peer {
  readonly process: Process;
  /** Absent: it is not there yet, or not any more. */
  readonly answer: Serve | undefined;
  readonly takeHints: Serve | undefined;
}
