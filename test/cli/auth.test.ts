import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startServer, stepwell, temporaryFolder } from "./stepwell.ts";

test("with --auth required only who signs is served, and the command line signs with the owner's key", async () => {
  const cwd = temporaryFolder();
  const ownerFile = join(cwd, ".stepwell", "owner.json");
  mkdirSync(join(cwd, ".stepwell"));
  writeFileSync(ownerFile, "left by a process that was killed", { mode: 0o644 });
  const server = await startServer(["--auth", "required"], { cwd });
  expect(server.stdout()).toContain(
    `every request must be signed; the owner's key is in ${ownerFile}`,
  );
  expect(statSync(ownerFile).mode & 0o777).toBe(0o600);
  const key = JSON.parse(readFileSync(ownerFile, "utf8")) as { readonly endpoint: string };
  expect(key.endpoint).toBe(server.url);

  const unsigned = await fetch(server.url, { method: "POST", body: "{}" });
  expect(await unsigned.json()).toMatchObject({ __type: "MissingAuthenticationTokenException" });
  const approve = (env: Record<string, string>) =>
    stepwell(["approve", "--console", `${server.url}/console`], { cwd, env });
  expect(await approve({})).toMatchObject({ status: 0, stdout: "Nothing waits for an answer.\n" });
  const others = { AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };
  expect((await approve(others)).stderr).toContain("does not match the signature you provided");

  await server.end("SIGTERM");
  expect(existsSync(ownerFile)).toBe(false);
});

test("it does not listen beyond this machine without TLS and signatures, and opens nothing", async () => {
  const cwd = temporaryFolder();
  const { status, stderr } = await stepwell(["start", "--host", "0.0.0.0"], { cwd });
  expect(status).toBe(1);
  expect(stderr).toContain(
    "which other machines can reach, without TLS and without asking who calls.",
  );
  expect(stderr).toContain("--insecure-listen");
  expect(existsSync(join(cwd, ".stepwell"))).toBe(false);
});
