import { expect, test } from "vitest";
import { questionPlace, waitsForAnswer } from "./question-place.ts";
import { shownTemplate } from "./shown-template.ts";

const asked = { title: "Please decide" };

test("a question is found in what each kind of task sends", () => {
  for (const wrapper of ["Payload", "MessageBody", "Message", "Input", "Body"]) {
    const fields = { Arguments: { Other: 1, [wrapper]: asked } };
    expect(questionPlace(fields, "JSONata")).toEqual(["Arguments", wrapper]);
    expect(questionPlace({ Parameters: { [wrapper]: asked } }, "JSONPath")).toEqual([
      "Parameters",
      wrapper,
    ]);
  }
  expect(questionPlace({ Arguments: asked }, "JSONata")).toEqual(["Arguments"]);
});

test("what is sent as a text or an expression has no members to change", () => {
  for (const Payload of ["{% $states.input %}", "text", ["a"]]) {
    expect(questionPlace({ Arguments: { Payload } }, "JSONata")).toBeUndefined();
  }
  expect(questionPlace({ Arguments: "{% $states.input %}" }, "JSONata")).toBeUndefined();
  expect(questionPlace({}, "JSONata")).toBeUndefined();
});

test("only what waits for a token or a worker asks anybody", () => {
  const waits = (Resource: unknown) => waitsForAnswer({ Resource });
  expect(waits("arn:aws:states:::lambda:invoke.waitForTaskToken")).toBe(true);
  expect(waits("arn:aws:states:us-east-1:000000000000:activity:ask")).toBe(true);
  expect(waits("arn:aws:states:::lambda:invoke")).toBe(false);
  expect(waits(undefined)).toBe(false);
});

test("before there is data, expressions stand in the places of their values", () => {
  const jsonata = { title: "{% 'For ' & $states.input.by %}", count: 1, none: null };
  expect(shownTemplate(jsonata, "JSONata")).toEqual({
    title: "‹'For ' & $states.input.by›",
    count: 1,
    none: null,
  });
  expect(shownTemplate({ "title.$": "$.by", list: [{ "a.$": "$$.x" }] }, "JSONPath")).toEqual({
    title: "‹$.by›",
    list: [{ a: "‹$$.x›" }],
  });
});
