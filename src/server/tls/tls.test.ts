import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type PeerCertificate, type TLSSocket } from "node:tls";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  renewedCertificate,
  renewedKey,
  testCertificate,
  testKey,
} from "../../../test/contracts/tls-certificate.ts";
import { createListener, type Listener } from "../listener.ts";
import { readCertificate } from "./tls-files.ts";

let folder: string;
let certFile: string;
let keyFile: string;
let listener: Listener | undefined;
const errors: string[] = [];
const news: string[] = [];
const logger = {
  error: (message: string) => void errors.push(message),
  info: (message: string) => void news.push(message),
  warn: () => {},
  debug: () => {},
};

beforeEach(() => {
  errors.length = news.length = 0;
  folder = mkdtempSync(join(tmpdir(), "stepwell-tls-"));
  certFile = join(folder, "cert.pem");
  keyFile = join(folder, "key.pem");
  writeFileSync(certFile, testCertificate);
  writeFileSync(keyFile, testKey);
});

afterEach(async () => {
  await listener?.close(0);
  listener = undefined;
  rmSync(folder, { recursive: true });
});

async function serve(minVersion?: "1.2" | "1.3"): Promise<number> {
  listener = createListener((_, response) => response.end("served"), {
    tls: { certFile, keyFile, minVersion },
    logger,
  });
  return (await listener.listen("127.0.0.1", 0)).port;
}

/** The text of an answer, and the certificate that it came with. */
function ask(port: number): Promise<{ readonly text: string; readonly certificate: string }> {
  return new Promise((resolve, reject) => {
    get({ host: "127.0.0.1", port, rejectUnauthorized: false, agent: false }, (response) => {
      const { subject } = (response.socket as TLSSocket).getPeerCertificate() as PeerCertificate;
      response
        .setEncoding("utf8")
        .on("data", (text: string) => resolve({ text, certificate: String(subject.CN) }));
    }).on("error", reject);
  });
}

test("HTTPS is served with the certificate of the files", async () => {
  expect(await ask(await serve())).toEqual({ text: "served", certificate: "stepwell test" });
});

test("a caller by HTTP is told that the port speaks HTTPS", async () => {
  const port = await serve();
  const answer = await new Promise((resolve, reject) => {
    httpRequest({ host: "127.0.0.1", port, method: "POST", agent: false }, (response) => {
      response
        .setEncoding("utf8")
        .on("data", (text: string) =>
          resolve({ status: response.statusCode, body: JSON.parse(text) as unknown }),
        );
    })
      .on("error", reject)
      .end("{}");
  });
  expect(answer).toEqual({
    status: 400,
    body: {
      __type: "BadRequestException",
      message: "This port speaks HTTPS: use https:// in the address",
    },
  });
});

test("a version below the least is not spoken", async () => {
  const port = await serve("1.3");
  const failure = await new Promise<Error>((resolve, reject) => {
    connect({ host: "127.0.0.1", port, maxVersion: "TLSv1.2", rejectUnauthorized: false })
      .on("secureConnect", () => reject(new Error("It is spoken.")))
      .on("error", resolve);
  });
  expect(String(failure)).toMatch(/protocol version/);
});

test("a new certificate is served without a restart, and a broken one is logged and not used", async () => {
  const port = await serve();
  writeFileSync(certFile, "no certificate");
  await vi.waitFor(() => expect(errors).not.toEqual([]), 5_000);
  expect((await ask(port)).certificate).toBe("stepwell test");
  writeFileSync(certFile, renewedCertificate);
  writeFileSync(keyFile, renewedKey);
  await vi.waitFor(() => expect(news).not.toEqual([]), 5_000);
  expect((await ask(port)).certificate).toBe("renewed");
});

test("a key that is not the certificate's is refused at the start, with the names of both files", () => {
  writeFileSync(keyFile, renewedKey);
  expect(() => readCertificate({ certFile, keyFile })).toThrow(
    `The certificate ${certFile} and the key ${keyFile} cannot be used`,
  );
  expect(() => readCertificate({ certFile: join(folder, "none.pem"), keyFile })).toThrow(
    /none\.pem cannot be read: ENOENT/,
  );
});

test("closing ends a connection over which nobody has said anything", async () => {
  const port = await serve();
  const socket = connect({ host: "127.0.0.1", port, rejectUnauthorized: false });
  socket.on("error", () => {});
  await new Promise((resolve) => socket.once("secureConnect", resolve));
  await listener?.close(0);
  await new Promise((resolve) => (socket.closed ? resolve(0) : socket.once("close", resolve)));
});
