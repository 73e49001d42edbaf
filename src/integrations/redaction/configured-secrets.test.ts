import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { configuredSecrets } from "./configured-secrets.ts";

test("the list has each kind of secret, written out or as a reference, and nothing else", () => {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-secrets-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "key"), "from-a-file\n");
  const environment = {
    SMTP: "smtp p@ss",
    TENANT: "from-a-variable",
    AWS_SECRET_ACCESS_KEY: "of-aws",
    AWS_SESSION_TOKEN: "of-aws-session",
    VAULT_TOKEN: "of-vault",
    AWS_ACCESS_KEY_ID: "no-secret",
    PATH: "/no-secret",
  };
  const settings = {
    connections: {
      basic: { authorization: "basic", username: "no-secret", password: "of-basic" },
      key: {
        authorization: "apiKey",
        name: "no-secret",
        value: "${file:key}",
        headers: { a: "${TENANT}", b: "no-secret", c: "${NOT_SET}" },
      },
      oauth: {
        authorization: "oauthClientCredentials",
        tokenUrl: "https://no-secret",
        clientId: "no-secret",
        clientSecret: "of-client",
      },
      named: {
        authorization: "apiKey",
        name: "no-secret",
        value: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:no-secret#a",
      },
      open: { authorization: "none" },
    },
    mail: { smtp: "smtps://me:${SMTP}@no-secret" },
    databases: {
      a: "postgres://me:of-database@no-secret/no-secret?sslmode=no-secret&sslpassword=of-key",
      b: "postgres://no-secret:no-secret@h/no-secret",
      c: "sqlite:no-secret.db",
    },
    store: "postgres://me:of-store@no-secret/no-secret",
    standIns: { "sqs:*": { http: "http://no-secret", headers: { Authorization: "of-header" } } },
    auth: { oidc: { clientId: "no-secret", clientSecret: "of-provider" } },
    functions: { f: { environment: { API_KEY: "of-function", LEVEL: "no-secret" } } },
  } as const;
  const found = configuredSecrets(settings, { environment, folder });
  expect(found).toEqual(
    expect.arrayContaining([
      "of-basic",
      "from-a-file",
      "from-a-variable",
      "of-client",
      "smtp p@ss",
      "\0me\0smtp p@ss",
      "of-database",
      "of-key",
      "of-store",
      "of-header",
      "of-function",
      "of-aws",
      "of-aws-session",
      "of-provider",
      "of-vault",
    ]),
  );
  expect(found.filter((secret) => secret.includes("no-secret"))).toEqual([]);
});
