import { describe, expect, test } from "vitest";
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
