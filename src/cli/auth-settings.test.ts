import { describe, expect, test } from "vitest";
import { checkConfig } from "./config-schema.ts";
import { readSettings } from "./settings.ts";

test.each([
  [{ auth: "closed" }, "--auth is open or required, not 'closed'."],
  [{ "tls-cert": "cert.pem" }, "--tls-cert FILE and --tls-key FILE are given together."],
  [{ "tls-key": "key.pem" }, "--tls-cert FILE and --tls-key FILE are given together."],
])("%j is a mistake in the command line", async (flags, message) => {
  await expect(readSettings(flags)).rejects.toThrow(message);
});

describe("what nobody says", () => {
  test("is open, without limits and over HTTP", async () => {
    expect(await readSettings({})).toMatchObject({
      auth: { mode: "open", workflowRoles: "ignore", clockSkewSeconds: 300 },
      tls: undefined,
      insecureListen: false,
      requestLimits: "off",
    });
  });

  test("is strict where signatures are asked for", async () => {
    expect(await readSettings({ auth: "required" })).toMatchObject({
      auth: { mode: "required", workflowRoles: "enforce" },
      requestLimits: "aws",
    });
  });
});

const oidc = {
  issuer: "https://login.example.com",
  clientId: "stepwell",
  roles: { operators: "Operator" },
};

test.each([
  [oidc],
  [{ ...oidc, issuer: "http://localhost:8080/realms/main" }],
  [{ ...oidc, clientSecret: "${SECRET}", scopes: ["groups"], rolesClaim: "roles", label: "Us" }],
])("%j is a provider", (given) => {
  const config = { auth: { oidc: given, links: "login" } };
  expect(checkConfig(config, "c.yaml")).toBe(config);
});

test.each([
  [{ ...oidc, issuer: "http://login.example.com" }, "auth.oidc.issuer' must be https:"],
  [{ ...oidc, issuer: "login" }, "auth.oidc.issuer'"],
  [{ ...oidc, roles: { operators: ["Operator"] } }, "auth.oidc.roles.operators'"],
  [{ issuer: oidc.issuer, clientId: "x" }, "auth.oidc' must have issuer, clientId and roles"],
  [{ ...oidc, secret: "x" }, "auth.oidc"],
])("%j is a mistake in the configuration", (given, message) => {
  expect(() => checkConfig({ auth: { oidc: given } }, "c.yaml")).toThrow(message);
});
