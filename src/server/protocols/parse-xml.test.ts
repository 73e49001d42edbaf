import fc from "fast-check";
import { expect, test } from "vitest";
import { escaped } from "../query-protocol/write-xml.ts";
import { parseXml } from "./parse-xml.ts";

test("elements are members, and those that are there more than once a list", () => {
  const text = `<?xml version="1.0"?>
    <Delete xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><!-- two -->
      <Object><Key>a &amp; b</Key></Object><Object><Key>&#x20AC;</Key></Object>
      <Quiet>true</Quiet><Empty/>
    </Delete>`;
  expect(parseXml(text)).toEqual({
    Object: [{ Key: "a & b" }, { Key: "€" }],
    Quiet: "true",
    Empty: "",
  });
});

test("a text comes back as it was written", () => {
  const texts = fc
    .string({ unit: "grapheme" })
    .filter((text) => !/[\p{Cc}\ufffe\uffff]/u.test(text));
  fc.assert(
    fc.property(texts, (text) => {
      expect(parseXml(`<A><B>${escaped(text)}</B></A>`)).toEqual({ B: text });
    }),
  );
});

test.each([
  "",
  "text",
  "<A>",
  "<A></B>",
  "<A/><B/>",
  '<!DOCTYPE x [<!ENTITY e "x">]><A>&e;</A>',
  "<A><B>&nbsp;</B></A>",
  "<A>".repeat(20),
])("%j is refused", (text) => {
  expect(() => parseXml(text)).toThrow(expect.objectContaining({ code: "MalformedXML" }) as Error);
});
