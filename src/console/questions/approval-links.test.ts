import fc from "fast-check";
import { expect, test } from "vitest";
import { ApprovalLinks } from "./approval-links.ts";

const secret = Buffer.alloc(32, 7).toString("base64");
const link = {
  executionArn: "arn:aws:states:us-east-1:000000000000:execution:orders:größer als 5",
  taskId: 12,
  expiresAt: 1_795_893_100_095,
};

test("what was sealed is opened, by a server with the same secret only", () => {
  const sealed = new ApprovalLinks(secret).seal(link);
  expect(new ApprovalLinks(secret).open(sealed)).toEqual(link);
  expect(new ApprovalLinks(Buffer.alloc(32, 8).toString("base64")).open(sealed)).toBeUndefined();
});

test("nothing else is opened: not a task token, not one changed character", () => {
  const links = new ApprovalLinks(secret);
  const sealed = links.seal(link);
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.base64String({ minLength: 4 }), (at, other) => {
      const letter = sealed[at] === "A" ? "B" : "A";
      const changed = sealed.slice(0, at) + letter + sealed.slice(at + 1);
      // The last character may hold bits that no byte has.
      if (Buffer.from(changed, "base64url").equals(Buffer.from(sealed, "base64url"))) return;
      expect(links.open(changed)).toBeUndefined();
      expect(links.open(other)).toBeUndefined();
    }),
  );
  expect(links.open("")).toBeUndefined();
});
