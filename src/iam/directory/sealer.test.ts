import fc from "fast-check";
import { expect, test } from "vitest";
import { createSealer } from "./sealer.ts";
import { createSessionTokens, type RoleSession } from "./session-tokens.ts";

const sealer = createSealer(Buffer.alloc(32, 1).toString("base64"));

test("what is sealed is opened by the same secret in the same context, and by nothing else", () => {
  const other = createSealer(Buffer.alloc(32, 2).toString("base64"));
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string(), (text, context) => {
      const sealed = sealer.seal(text, context);
      expect(sealer.open(sealed, context)).toBe(text);
      expect(sealer.open(sealed, `${context}.`)).toBeUndefined();
      expect(other.open(sealed, context)).toBeUndefined();
      expect(sealer.seal(text, context)).not.toBe(sealed);
    }),
  );
});

test("no byte of what is sealed can be changed, and nothing else opens", () => {
  const sealed = sealer.seal("secret", "c");
  const bytes = Buffer.from(sealed.slice(1), "base64");
  for (let index = 0; index < bytes.length; index++) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
    expect(sealer.open(`1${changed.toString("base64")}`, "c")).toBeUndefined();
  }
  fc.assert(fc.property(fc.string(), (text) => sealer.open(text, "c") === undefined));
});

const session: Omit<RoleSession, "accessKeyId" | "secretAccessKey"> = {
  roleArn: "arn:aws:iam::123456789012:role/R",
  roleId: "AROA1",
  sessionName: "alice",
  issuedAt: 1,
  expiresAt: 2,
  assumedBy: "arn:aws:iam::123456789012:user/alice",
};

test("a token says its session to whoever has the secret, and what is too large has none", () => {
  const tokens = createSessionTokens(sealer);
  const issued = tokens.issue(session);
  expect(createSessionTokens(sealer).open(issued?.token ?? "")).toEqual(issued?.session);
  expect(issued?.session).toMatchObject(session);
  // A key is sealed in another context: it is no session.
  expect(tokens.open(sealer.seal(JSON.stringify(session), "iam.accessKey A"))).toBeUndefined();
  expect(tokens.issue<RoleSession>({ ...session, policies: ["x".repeat(8_192)] })).toBeUndefined();
});
