import { connect } from "node:net";

/** Sends bytes as they are, one character for each, and answers all that comes back until the server closes the connection. */
export function speak(port: number, bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(bytes, "latin1");
      // What is not a whole request would be waited for.
      if (!bytes.startsWith("POST")) socket.end();
    });
    let text = "";
    socket.setEncoding("utf8");
    socket.on("data", (chunk: string) => (text += chunk));
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
}
