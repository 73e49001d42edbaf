import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { type KeyProvider, KeyUnavailable } from "../../ports/key-provider.ts";
import { keyFileProvider, makeKeyFile } from "./key-file.ts";
import { keyTextProvider } from "./key-text.ts";
import { vaultTransitProvider } from "./vault-transit.ts";

const folder = mkdtempSync(join(tmpdir(), "stepwell-keys-"));
afterAll(() => rmSync(folder, { recursive: true }));

const context = { keyId: "k1", createdAt: "5" };
const dataKey = Buffer.alloc(32, 9);

async function problemOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(KeyUnavailable);
  return (error as KeyUnavailable).problem;
}

async function wrapsAndUnwraps(provider: KeyProvider): Promise<void> {
  const wrapped = await provider.wrap(dataKey, context);
  expect(Buffer.from(await provider.unwrap(wrapped, context))).toEqual(dataKey);
  // The order of its members does not matter, what they say does.
  await provider.unwrap(wrapped, { createdAt: "5", keyId: "k1" });
  expect(await problemOf(provider.unwrap(wrapped, { ...context, keyId: "k2" }))).toBe("wrong");
}

describe("a key file", () => {
  test("is made for its owner alone, never over another, and wraps for one context", async () => {
    const path = join(folder, "made");
    makeKeyFile(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const text = readFileSync(path, "utf8");
    expect(() => makeKeyFile(path)).toThrow("EEXIST");
    expect(readFileSync(path, "utf8")).toBe(text);
    await wrapsAndUnwraps(keyFileProvider(path));
  });

  test("that others may read, that is not there, or that holds no key is refused", () => {
    const path = join(folder, "open");
    makeKeyFile(path);
    chmodSync(path, 0o640);
    expect(() => keyFileProvider(path)).toThrow(`chmod 600 ${path}`);
    expect(() => keyFileProvider(join(folder, "none"))).toThrow(KeyUnavailable);
    const short = join(folder, "short");
    writeFileSync(short, Buffer.alloc(16).toString("base64"), { mode: 0o600 });
    expect(() => keyFileProvider(short)).toThrow("it must be 32 bytes as base64");
  });

  test("does not unwrap what is too short to be wrapped", async () => {
    const provider = keyTextProvider("the key", Buffer.alloc(32).toString("base64"));
    for (const wrapped of ["", "AAAA", "not base64 at all"]) {
      expect(await problemOf(provider.unwrap(wrapped, context))).toBe("wrong");
    }
  });
});

/** As much of Vault's transit engine as is asked: it "encrypts" by keeping. */
async function startVault(): Promise<{ readonly address: string; answer: number }> {
  const kept = new Map<string, { plaintext: string; associated_data: string }>();
  const vault = { address: "", answer: 200 };
  const server = createServer((request, response) => {
    let text = "";
    request.on("data", (part: Buffer) => (text += part.toString()));
    request.on("end", () => {
      const input = JSON.parse(text) as { [member: string]: string };
      const end = (status: number, body: object): void => {
        response.writeHead(status).end(JSON.stringify(body));
      };
      if (request.headers["x-vault-token"] !== "token") {
        return end(403, { errors: ["permission denied"] });
      }
      if (vault.answer !== 200) return end(vault.answer, { errors: ["as asked"] });
      if (request.url === "/v1/keys/encrypt/step%2Fwell") {
        const ciphertext = `vault:v1:${kept.size}`;
        kept.set(ciphertext, input as never);
        return end(200, { data: { ciphertext } });
      }
      const found = kept.get(input["ciphertext"] ?? "");
      return found?.associated_data === input["associated_data"]
        ? end(200, { data: { plaintext: found?.plaintext } })
        : end(400, { errors: ["cipher: message authentication failed"] });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  vault.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return vault;
}

describe("a key of Vault", () => {
  test("wraps for one context, and what goes wrong is told apart", async () => {
    const vault = await startVault();
    const options = { address: `${vault.address}/`, key: "step/well", mount: "keys" };
    const provider = vaultTransitProvider({ ...options, token: () => "token" });
    await wrapsAndUnwraps(provider);
    const other = vaultTransitProvider({ ...options, token: () => "other" });
    expect(await problemOf(other.wrap(dataKey, context))).toBe("denied");
    for (const [status, problem] of [
      [404, "invalid"],
      [429, "throttled"],
      [503, "unreachable"],
    ] as const) {
      vault.answer = status;
      expect(await problemOf(provider.wrap(dataKey, context))).toBe(problem);
    }
    const nobody = vaultTransitProvider({
      address: "http://127.0.0.1:1",
      key: "k",
      token: () => "token",
    });
    expect(await problemOf(nobody.wrap(dataKey, context))).toBe("unreachable");
  });
});
