import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** What becomes of a statement whose text or name has a mark. */
export type Fault = "lose the answer" | "lose the statement";

/** What is only in the text of a commit, which comes by when a connection first commits. */
export const commitMark = "AS consistent";

export interface PostgresProxy {
  /** The server's URL, but for the way to it. */
  readonly url: string;
  /** Does this once to the next statement that has the mark, and cuts its connection. */
  faultNext(fault: Fault, mark: string): void;
  /** Whether a statement with the mark has come by. */
  saw(mark: string): boolean;
  /** Cuts all connections. */
  cut(): void;
  close(): Promise<void>;
}

/**
 * A way to a server on which connections break at moments that a test chooses. `asPooler`: it tells clients another number
 * of their session than the session has, as poolers do.
 */
export async function startPostgresProxy(
  serverUrl: string,
  { asPooler = false } = {},
): Promise<PostgresProxy> {
  const target = new URL(serverUrl);
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  let next: { readonly fault: Fault; readonly mark: string } | undefined;

  const proxy = createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    const both = [client, server];
    let isMute = false;
    for (const socket of both) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        for (const other of both) other.destroy();
      });
    }
    client.on("data", (data) => {
      requests.push(data.toString("latin1"));
      if (next !== undefined && data.includes(next.mark)) {
        const { fault } = next;
        next = undefined;
        if (fault === "lose the statement") client.destroy();
        isMute = true;
      }
      if (!client.destroyed) server.write(data);
    });
    server.on("data", (data) => {
      // An answer means that it has been done.
      if (isMute) client.destroy();
      else client.write(asPooler ? withOtherSession(data) : data);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const { port } = proxy.address() as AddressInfo;
  const url = new URL(serverUrl);
  url.port = String(port);
  url.hostname = "127.0.0.1";

  return {
    url: url.href,
    faultNext: (fault, mark) => void (next = { fault, mark }),
    saw: (mark) => requests.some((text) => text.includes(mark)),
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => proxy.close(resolve));
    },
  };
}

/** Source: PostgreSQL, 55.7. Message Formats, BackendKeyData of protocol 3.0: `K`, length 12, process id, secret. */
function withOtherSession(data: Buffer): Buffer {
  const at = data.indexOf("K\0\0\0\f");
  if (at !== -1) data.writeInt32BE(data.readInt32BE(at + 5) + 1, at + 5);
  return data;
}
