import fc from "fast-check";
import { expect, test } from "vitest";
import type { ServiceMembers } from "../../ports/service-api.ts";
import { cborOf, parseCbor } from "./cbor.ts";

test("members are read from CBOR as they were written", () => {
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: "binary" }).filter((text) => text.isWellFormed()),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie("value"), { maxLength: 30 }),
      fc.dictionary(fc.stringMatching(/^[A-Z][a-z]{0,9}$/), tie("value"), { maxKeys: 30 }),
    ),
  })).value;
  fc.assert(
    fc.property(fc.dictionary(fc.stringMatching(/^[A-Z][a-z]{0,9}$/), value), (members) => {
      expect(parseCbor(cborOf(members as ServiceMembers))).toEqual({ ...members });
    }),
  );
});

test("times and what has no length are read, as clients write them", () => {
  expect(cborOf({ T: new Date(1_500) }).toString("hex")).toBe("a16154c1fb3ff8000000000000");
  const bytes = (hex: string) => Buffer.from(hex, "hex");
  expect(parseCbor(bytes("bf6154c1fb3ff8000000000000ff"))).toEqual({ T: 1.5 });
  expect(parseCbor(bytes("a161419f0102ff"))).toEqual({ A: [1, 2] });
  expect(parseCbor(bytes("a16141f93c00"))).toEqual({ A: 1 });
});

test("any bytes are members or refused", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      try {
        expect(typeof parseCbor(bytes)).toBe("object");
      } catch (error) {
        expect(error).toMatchObject({ code: "SerializationException" });
      }
    }),
  );
});
