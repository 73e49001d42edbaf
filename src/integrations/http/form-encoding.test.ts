import { expect, test } from "vitest";
import { type ArrayFormat, formEncoded } from "./form-encoding.ts";

const decoded = (text: string): string => text.replaceAll("%5B", "[").replaceAll("%5D", "]");

// Documented: call HTTPS APIs, applying URL-encoding on request body.
test.each<[ArrayFormat, string]>([
  ["INDICES", "array[0]=a&array[1]=b&array[2]=c&array[3]=d"],
  ["REPEAT", "array=a&array=b&array=c&array=d"],
  ["COMMAS", "array=a,b,c,d"],
  ["BRACKETS", "array[]=a&array[]=b&array[]=c&array[]=d"],
])("an array as %s writes it", (format, expected) => {
  expect(decoded(formEncoded({ array: ["a", "b", "c", "d"] }, format))).toBe(expected);
});

test("objects in objects and arrays keep their way to them", () => {
  const value = { a: { b: { c: 1 } }, list: [{ d: true }, [2]], none: null, empty: [] };
  expect(decoded(formEncoded(value, "INDICES"))).toBe(
    "a[b][c]=1&list[0][d]=true&list[1][0]=2&none=",
  );
  expect(decoded(formEncoded(value, "COMMAS"))).toBe("a[b][c]=1&list[0][d]=true&list[1]=2&none=");
});

test("what a form cannot have is encoded, in names and in values", () => {
  expect(formEncoded({ "a b&": "ü=+'(\ud800" }, "INDICES")).toBe(
    "a%20b%26=%C3%BC%3D%2B%27%28%EF%BF%BD",
  );
});
