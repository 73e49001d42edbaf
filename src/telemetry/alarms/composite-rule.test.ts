import { expect, test } from "vitest";
import { alarmsOf, holds, parseCompositeRule } from "./composite-rule.ts";
import type { AlarmState } from "./judge.ts";

const states: { readonly [name: string]: AlarmState } = { a: "ALARM", b: "OK", "c d": "OK" };
const value = (text: string): boolean =>
  holds(parseCompositeRule(text), (name) => states[name] ?? "INSUFFICIENT_DATA");

test.each([
  ["TRUE", true],
  ["false", false],
  ["ALARM(a)", true],
  ['OK("c d")', true],
  ["INSUFFICIENT_DATA(nobody)", true],
  ['ALARM("arn:aws:cloudwatch:us-east-1:123456789012:alarm:a")', true],
  ["(ALARM(a) AND ALARM(b))", false],
  ["NOT ALARM(b) AND ALARM(a)", true],
  // AND holds before OR.
  ["ALARM(a) OR ALARM(b) AND FALSE", true],
  ["(ALARM(a) OR ALARM(b)) AND FALSE", false],
  ["(NOT (OK(b)))", false],
  ["AT_LEAST(1, ALARM, (a, b))", true],
  ["AT_LEAST(2, ALARM, (a, b))", false],
  ['at_least(66%, OK, (a, b, "c d"))', true],
  ['AT_LEAST(67%, OK, (a, b, "c d"))', false],
  ["AT_LEAST(2, NOT OK, (a, b, nobody)) AND ALARM(a)", true],
])("%s is %s", (text, expected) => {
  expect(value(text)).toBe(expected);
});

test("AT_LEAST names its alarms", () => {
  expect(alarmsOf(parseCompositeRule('AT_LEAST(1, OK, (a, "c d"))'))).toEqual(["a", "c d"]);
});

test("the alarms of a rule are named once for each place, by name", () => {
  const rule = 'ALARM(a) OR OK("arn:aws:cloudwatch:us-east-1:123456789012:alarm:b") OR ALARM(a)';
  expect(alarmsOf(parseCompositeRule(rule))).toEqual(["a", "b", "a"]);
});

test.each([
  ["", "it ends too early"],
  ["ALARM(a", "')' is expected"],
  ["ALARM()", "needs the name of an alarm"],
  ["BROKEN(a)", "'BROKEN' has no place there"],
  ["ALARM(a) ALARM(b)", "'ALARM' has no place there"],
  ["AT_LEAST(3, ALARM, (a, b))", "from 1 to 2"],
  ["AT_LEAST(101%, ALARM, (a, b))", "from 1 to 100"],
  ["AT_LEAST(many, ALARM, (a, b))", "from 1 to 2"],
  ["AT_LEAST(1, LOUD, (a, b))", "needs a state"],
  ["AT_LEAST(1, ALARM, ())", "needs the name of an alarm"],
  ["ALARM(a, b)", "')' is expected"],
  [`${"(".repeat(200)}TRUE${")".repeat(200)}`, "too deeply"],
  [Array(501).fill("TRUE").join(" OR "), "more than 500 elements"],
  [Array.from({ length: 101 }, (_, index) => `ALARM(a${index})`).join(" OR "), "100 alarms"],
])("%.30s is refused", (text, reason) => {
  expect(() => parseCompositeRule(text)).toThrow(new RegExp(reason.replace(/[()]/g, "\\$&")));
});
