import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startServer, stepwell, temporaryFolder } from "./stepwell.ts";

test("the owner of a closed server makes its first user, who then signs with his own key", async () => {
  const cwd = temporaryFolder();
  const server = await startServer(["--auth", "required"], { cwd });
  const iam = (args: readonly string[], env: { readonly [name: string]: string } = {}) =>
    // No endpoint is named: it is the server over the data directory here.
    stepwell(["iam", ...args], { cwd, env });

  expect((await iam(["whoami"])).stdout).toContain("arn:aws:iam::000000000000:root");
  const first = await iam(["create-admin", "admin"]);
  const [password = ""] = /\w{5}-\w{5}-\w{5}-\w{5}/.exec(first.stdout) ?? [];
  const answered = await fetch(`${server.url}/console/api/sign-in`, {
    method: "POST",
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
    body: JSON.stringify({ name: "admin", password }),
  });
  expect(await answered.json()).toMatchObject({ __type: "PasswordResetRequired" });
  // Who has lost it gets another one.
  expect((await iam(["create-admin", "admin"])).stdout).toContain("was there");
  expect(await iam(["create-user", "alice", "--admin"])).toMatchObject({ status: 0 });
  const made = await iam(["create-key", "alice"]);
  expect(made.stdout).toMatch(/^(?:#.*\n)?(?:export \w+=\S+\n)+$/);
  const exported = [...made.stdout.matchAll(/^export (\w+)=(.+)$/gm)];
  const env = {
    AWS_ACCESS_KEY_ID: "",
    AWS_SECRET_ACCESS_KEY: "",
    ...Object.fromEntries(exported.map(([, name, value]) => [name, value])),
  };
  expect(env).toMatchObject({ AWS_ENDPOINT_URL: server.url });
  expect((await iam(["whoami"], env)).stdout).toContain("arn:aws:iam::000000000000:user/alice");

  writeFileSync(
    join(cwd, "Reads.json"),
    JSON.stringify({
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "s3:GetObject", Resource: "*" },
    }),
  );
  for (const args of [
    ["role", "create", "Orders"],
    ["policy", "put", "Reads.json"],
    ["role", "attach", "Orders", "Reads"],
  ]) {
    expect(await iam(args, env), args.join(" ")).toMatchObject({ status: 0, stderr: "" });
  }
  const listed = await iam(["list"], env);
  expect(listed.stdout).toMatch(/^alice +AdministratorAccess +1$/m);
  expect(listed.stdout).toMatch(/^Orders +Reads +arn:aws:iam::000000000000:role\/Orders$/m);
  expect((await iam(["role", "show", "Orders"], env)).stdout).toContain("states.amazonaws.com");

  const wrong = await iam(["whoami"], { ...env, AWS_SECRET_ACCESS_KEY: "x" });
  expect(wrong).toMatchObject({ status: 1 });
  expect(wrong.stderr).toContain("SignatureDoesNotMatch");
  expect((await iam(["role", "show"], env)).status).toBe(2);
  const owner = join(cwd, ".stepwell", "owner.json");
  expect(statSync(owner).mode & 0o777).toBe(0o600);
  // A secret is in the store only as it is sealed.
  const data = readFileSync(join(cwd, ".stepwell", "stepwell.db-wal"), "latin1");
  expect(data).toContain(env.AWS_ACCESS_KEY_ID);
  expect(data).not.toContain(env.AWS_SECRET_ACCESS_KEY);
});
