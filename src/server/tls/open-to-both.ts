import { createServer as createHttp, type Server } from "node:http";
import { createServer as createNet, type Server as NetServer, type Socket } from "node:net";
import { contentType } from "../aws-json.ts";
import { httpErrors } from "../http-errors.ts";

/** *Documented*: RFC 8446, a record of the handshake; HTTP begins with a letter. */
const handshake = 0x16;
/** Our choice: who has connected must begin to speak. */
const silenceMs = 20_000;

/** A port whose connections go to the server for HTTPS, and whose callers by HTTP are told that they are at the wrong door. */
export function openToBoth(https: Server): { readonly port: NetServer; endAll(): void } {
  const open = new Set<Socket>();
  const wrongDoor = createHttp((request, response) => {
    const { statusCode, body } = httpErrors.plainHttp();
    response.shouldKeepAlive = false;
    response.writeHead(statusCode, { "Content-Type": contentType });
    response.end(JSON.stringify(body));
    request.resume();
  });
  const port = createNet({ noDelay: true }, (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
    const giveUp = (): void => void socket.destroy();
    socket.setTimeout(silenceMs, giveUp);
    socket.on("error", giveUp);
    socket.once("data", (chunk: Buffer) => {
      socket.setTimeout(0).off("timeout", giveUp).off("error", giveUp).pause();
      socket.unshift(chunk);
      (chunk[0] === handshake ? https : wrongDoor).emit("connection", socket);
      process.nextTick(() => socket.resume());
    });
  });
  return {
    port,
    endAll() {
      for (const socket of open) socket.destroy();
    },
  };
}
