import { expect, test } from "vitest";
import type { CaseResult } from "./case-result.ts";
import { junitXml } from "./junit-xml.ts";

const base = { file: "a.mock.json", stateMachineName: "Orders", durationMs: 1234.5 };

test("cases are in suites by state machine, with totals and what failed", () => {
  const results: CaseResult[] = [
    { ...base, name: "Fine", result: { type: "passed" } },
    {
      ...base,
      name: "Bad",
      result: {
        type: "failed",
        outcome: { status: "FAILED", error: "E", path: [{ name: "A", nested: false }] },
        differences: [{ what: "status", expected: "SUCCEEDED", actual: "FAILED" }],
      },
    },
    {
      ...base,
      stateMachineName: "Other",
      name: "Broken",
      result: { type: "broken", message: "no file" },
    },
  ];
  expect(junitXml(results)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="stepwell" tests="3" failures="1" errors="1" time="3.704">
  <testsuite name="Orders" file="a.mock.json" tests="2" failures="1" errors="0" time="2.469">
    <testcase classname="Orders" name="Fine" time="1.234"/>
    <testcase classname="Orders" name="Bad" time="1.234">
      <failure message="status: expected SUCCEEDED, was FAILED">status
  expected  SUCCEEDED
  actual    FAILED
error     E
cause     (none)
path      A</failure>
    </testcase>
  </testsuite>
  <testsuite name="Other" file="a.mock.json" tests="1" failures="0" errors="1" time="1.234">
    <testcase classname="Other" name="Broken" time="1.234">
      <error message="no file">no file</error>
    </testcase>
  </testsuite>
</testsuites>
`);
});

test("what XML cannot hold as it is, is escaped or replaced", () => {
  const message = 'a < b & "c"\u0000\uD800';
  const xml = junitXml([{ ...base, name: '<&">', result: { type: "broken", message } }]);
  expect(xml).toContain('name="&lt;&amp;&quot;&gt;"');
  expect(xml).toContain('message="a &lt; b &amp; &quot;c&quot;\uFFFD\uFFFD"');
  expect(xml).toContain(`>a &lt; b &amp; "c"\uFFFD\uFFFD</error>`);
});
