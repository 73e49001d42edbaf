import { expect, test } from "vitest";
import { startConsole } from "./console-people.ts";

const methods = ["GET", "POST", "PUT", "DELETE", "PATCH"] as const;
const sites = [undefined, "same-origin", "same-site", "cross-site", "none"] as const;
const types = ["application/json", "text/plain", "application/x-www-form-urlencoded"] as const;

test("with a cookie only a page of this server changes anything, and none of another one reads", async () => {
  const served = await startConsole();
  await served.asOwner("CreateUser", { UserName: "alice" });
  const password = "correct horse battery";
  await served.asOwner("CreateLoginProfile", { UserName: "alice", Password: password });
  const alice = served.browser();
  await alice.post("sign-in", { name: "alice", password });
  const { host, port } = new URL(served.url);
  const origins = [
    undefined,
    served.url,
    "null",
    "https://evil.example.com",
    `http://localhost:${port}`,
    `http://${host}.evil.example.com`,
    "http://127.0.0.1",
  ];
  const wrong: string[] = [];
  for (const method of methods) {
    for (const site of sites) {
      for (const origin of origins) {
        for (const type of types) {
          const hasBody = method !== "GET";
          const { status } = await alice.fetch("/console/api/sessions", {
            method,
            headers: {
              ...(site !== undefined && { "sec-fetch-site": site }),
              ...(origin !== undefined && { origin }),
              ...(hasBody && { "content-type": type }),
            },
            ...(hasBody && { body: "{}" }),
          });
          const isForeign =
            (site !== undefined && site !== "same-origin" && site !== "none") ||
            (origin !== undefined && origin !== served.url);
          const saysOwn = origin === served.url || (origin === undefined && site === "same-origin");
          const isLet = !isForeign && (!hasBody || (saysOwn && type === "application/json"));
          // There is nothing but GET at that address: what is let in is told so.
          const expected = isLet ? (hasBody ? 404 : 200) : 403;
          if (status !== expected) wrong.push(`${method} ${site} ${origin} ${type}: ${status}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

test("over TLS a page of this host without TLS changes nothing", async () => {
  const served = await startConsole({ isSecure: true });
  const headers = { "content-type": "application/json", origin: served.url };
  const signedOut = await served
    .browser()
    .fetch("/console/api/sign-out", { method: "POST", headers, body: "{}" });
  expect(signedOut.status).toBe(403);
});

test("a page of another site signs nobody in or out", async () => {
  const served = await startConsole();
  for (const route of ["sign-in", "sign-out"]) {
    const forged = await served.browser().fetch(`/console/api/${route}`, {
      method: "POST",
      headers: { "sec-fetch-site": "cross-site", "content-type": "application/json" },
      body: JSON.stringify({ name: "mallory", password: "a password of mallory" }),
    });
    expect(forged.status).toBe(403);
  }
});
