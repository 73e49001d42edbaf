import { connect, createServer, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * How a way can be broken: what goes by is late; connections are reset, old and new; old ones are reset and new ones
 * never answered; nothing arrives, in both directions, and nobody is told; or only what comes back does not arrive.
 */
export const wayFaults = ["delay", "reset", "half-open", "black-hole", "one-way"] as const;
export type WayFault = (typeof wayFaults)[number];

/** A way to a server over TCP that can be broken and mended while it is in use. */
export interface TcpWay {
  readonly port: number;
  break(fault: WayFault): void;
  mend(): void;
  close(): Promise<void>;
}

/** Our choice: how late things are. */
const delayMs = 5_000;

interface End {
  readonly host: string;
  readonly port: number;
}

/** Leads from an address of this machine, where port 0 is any that is free, to a server. */
export async function openTcpWay(from: End, to: End): Promise<TcpWay> {
  const sockets = new Set<Socket>();
  let fault: WayFault | undefined;
  let mended = Promise.withResolvers<void>();
  mended.resolve();

  const isSilent = (isAnswer: boolean): boolean =>
    fault === "black-hole" || (fault === "one-way" && isAnswer);

  function add(socket: Socket): void {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  }

  /** Passes on in order what comes, and its end, as soon as the way lets it. */
  function pass(source: Socket, target: Socket, isAnswer: boolean): void {
    let before = Promise.resolve();
    const next = (act: () => void): void => {
      const arrivesAt = performance.now() + (fault === "delay" ? delayMs : 0);
      before = before.then(async () => {
        const leftMs = arrivesAt - performance.now();
        if (leftMs > 0)
          await Promise.race([sleep(leftMs, undefined, { ref: false }), mended.promise]);
        while (isSilent(isAnswer)) await mended.promise;
        act();
      });
    };
    source.on("data", (data) => next(() => void (target.destroyed || target.write(data))));
    source.on("close", () => next(() => target.destroy()));
  }

  async function accept(client: Socket): Promise<void> {
    add(client);
    if (fault === "reset") client.resetAndDestroy();
    if (fault === "reset" || fault === "half-open") {
      client.resume();
      return;
    }
    while (fault === "black-hole") await mended.promise;
    if (client.destroyed) return;
    const server = connect(to.port, to.host);
    add(server);
    pass(client, server, false);
    pass(server, client, true);
  }

  const way = createServer({ pauseOnConnect: false }, (client) => void accept(client));
  await new Promise<void>((resolve, reject) => {
    way.once("error", reject);
    way.listen(from.port, from.host, resolve);
  });
  const cut = (): void => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: (way.address() as { port: number }).port,
    break(wanted) {
      fault = wanted;
      mended = Promise.withResolvers();
      if (wanted === "reset" || wanted === "half-open") cut();
    },
    mend() {
      fault = undefined;
      mended.resolve();
    },
    async close() {
      const closed = new Promise((resolve) => way.close(resolve));
      fault = undefined;
      mended.resolve();
      cut();
      await closed;
    },
  };
}
