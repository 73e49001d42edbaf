import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MalformedForm, parseForm } from "./parse-form.ts";
import { escaped, xmlOf } from "./write-xml.ts";

describe("a form", () => {
  test("is a tree: structures, and lists in the order of their numbers", () => {
    const body =
      "Action=TagUser&Tags.member.2.Key=b&Tags.member.2.Value=&Tags.member.1.Key=a%26+b&TagKeys=&Names.member.10=j&Names.member.9=i";
    expect(parseForm(body)).toEqual({
      Action: "TagUser",
      Tags: [{ Key: "a& b" }, { Key: "b", Value: "" }],
      TagKeys: "",
      Names: ["i", "j"],
    });
  });

  test.each([
    ["A=1&A=2", "The parameter 'A' is there twice"],
    ["A=1&A.B=2", "The parameter 'A' has a value and members"],
    ["A.member.0=1", "The members of 'A' are not numbered from 1"],
    ["A.member.x=1", "The members of 'A' are not numbered from 1"],
    ["A..B=1", "The parameter 'A..B' is not of the query protocol"],
    [
      "a.b.c.d.e.f.g.h.i.j.k=1",
      "The parameter 'a.b.c.d.e.f.g.h.i.j.k' is not of the query protocol",
    ],
    ["A=".padEnd(4_000, "&B="), "A request may have at most 1000 parameters"],
  ])("that is %s is refused", (body, message) => {
    expect(() => parseForm(body)).toThrow(
      expect.objectContaining({ name: "MalformedForm" }) as Error,
    );
    try {
      parseForm(body);
    } catch (error) {
      // More parameters than may be come before what is wrong with them.
      if (!body.includes("&B=")) expect((error as Error).message).toBe(message);
    }
  });

  test("of any text is a tree or refused, and reaches no prototype", () => {
    const name = fc.stringMatching(/^[a-z_.]{1,8}$/);
    const names = fc.oneof(
      name,
      fc.constantFrom("__proto__.polluted", "constructor.prototype.polluted"),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(names, fc.string())), (parameters) => {
        try {
          parseForm(new URLSearchParams(parameters).toString());
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedForm);
        }
        expect({}).not.toHaveProperty("polluted");
      }),
    );
  });
});

test("an answer is XML whatever is in it", () => {
  const answer = {
    Text: `<a> & "b"\r\u0000\ud800`,
    Empty: [],
    List: ["x", { Key: 1 }],
    Flag: true,
    Date: new Date(Date.UTC(2027, 0, 1, 12)),
    Absent: undefined,
  };
  expect(xmlOf(answer)).toBe(
    "<Text>&lt;a&gt; &amp; &quot;b&quot;&#xD;\ufffd\ufffd</Text><Empty></Empty>" +
      "<List><member>x</member><member><Key>1</Key></member></List><Flag>true</Flag><Date>2027-01-01T12:00:00Z</Date>",
  );
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(escaped(text)).not.toMatch(/[<>"\r\0]/);
      expect(escaped(text).isWellFormed()).toBe(true);
    }),
  );
});
