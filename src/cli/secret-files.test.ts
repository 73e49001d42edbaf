import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { ConnectionConfiguration } from "../integrations/http/connections/connection-configuration.ts";
import type { Config } from "./config-file.ts";
import { exposedFiles, secretFiles } from "./secret-files.ts";

const path = "/etc/stepwell/stepwell.config.yaml";
const file = (config: Config) => ({ config, folder: "/etc/stepwell", path });
const basic = (password: string): { readonly [name: string]: ConnectionConfiguration } => ({
  a: { authorization: "basic", username: "u", password },
});
const paths = (config: Config, ...more: [string | undefined, ReturnType<typeof basic>] | []) =>
  secretFiles(file(config), more[0], more[1] ?? {}).map((one) => one.path);

test.each<Config>([
  { mail: { smtp: "smtps://u:p@h" } },
  { databases: { a: "postgres://u:p@h/d" } },
  { databases: { a: "postgres://u:p${A}@h/d" } },
  { store: "postgres://:p@h/d" },
])("a configuration with a password in it is a file with a secret: %j", (config) => {
  expect(paths(config)).toEqual([path]);
});

test.each<Config>([
  {},
  { mail: { smtp: "smtps://h:465" } },
  { mail: { smtp: "smtps://u:${A}@h" } },
  { mail: { smtp: "${A}" } },
  { databases: { a: "sqlite:a:b@c.db" } },
])("one that refers to them is none: %j", (config) => {
  expect(paths(config)).toEqual([]);
});

test("connections are looked at where they are, and files that are named are secrets themselves", () => {
  expect(paths({}, undefined, basic("p"))).toEqual([path]);
  expect(paths({}, "/c.yaml", basic("p"))).toEqual(["/c.yaml"]);
  const arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a-AbCdEf";
  for (const reference of ["${A}", arn, ""]) {
    expect(paths({}, "/c.yaml", basic(reference))).toEqual([]);
  }
  const named = {
    kubernetes: { kubeconfig: "kube.yaml" },
    tls: { certFile: "cert.pem", keyFile: "/key.pem" },
    mail: { smtp: "smtps://u:${file:smtp}@h" },
  };
  expect(paths(named, undefined, basic("${file:/run/secrets/basic}"))).toEqual([
    "/etc/stepwell/kube.yaml",
    "/key.pem",
    "/etc/stepwell/smtp",
    "/run/secrets/basic",
  ]);
});

test.skipIf(process.platform === "win32")(
  "what every user may read is warned about, and nothing else",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "stepwell-modes-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const secret = join(folder, "secret");
    writeFileSync(secret, "secret");
    const files = [
      { path: secret, what: "The secret" },
      { path: join(folder, "none"), what: "The secret" },
    ];
    chmodSync(secret, 0o644);
    expect(exposedFiles(files)).toEqual([
      `The secret can be read by every user of this machine: chmod o-rwx ${secret}`,
    ]);
    chmodSync(secret, 0o640);
    expect(exposedFiles(files)).toEqual([]);
  },
);
