import { expect, test } from "vitest";
import { readDefinition } from "../../../../designer/document/read-definition.ts";
import { graphIndex } from "../../../../designer/edits/graph-index.ts";
import { patterns } from "../../../../designer/edits/patterns/patterns.ts";
import { firstAnswer, questionMocks } from "./first-answer.ts";

const indexOf = (definition: object) => graphIndex(readDefinition(JSON.stringify(definition)));

test.each(["JSONata", "JSONPath"] as const)(
  "a question of the palette is answered with yes until somebody says otherwise, in %s",
  (language) => {
    const pattern = patterns.find(({ id }) => id === "askPerson");
    const index = indexOf(pattern?.build(language, (id) => id) ?? {});
    expect(questionMocks(index)).toEqual({ ask: { "0": { Return: { approved: true } } } });
  },
);

test("what has to be filled in is, each by its kind, and what may be left out is left out", () => {
  const schema = {
    type: "object",
    required: ["yes", "how", "many", "which", "when", "who"],
    properties: {
      yes: { type: "boolean" },
      how: { type: "string", title: "How?" },
      many: { type: "number", minimum: 3 },
      which: { enum: ["red", "green"] },
      when: { type: "string", format: "date" },
      who: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
      more: { type: "string" },
    },
  };
  const Ask = {
    Type: "Task",
    Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
    Arguments: { MessageBody: { title: "?", schema } },
    End: true,
  };
  const index = indexOf({ QueryLanguage: "JSONata", StartAt: "Ask", States: { Ask } });
  expect(questionMocks(index)["Ask"]).toEqual({
    "0": {
      Return: {
        yes: true,
        how: "How?",
        many: 3,
        which: "red",
        when: "2026-01-31",
        who: { name: "name" },
      },
    },
  });
});

test("other calls are not answered for, and the answer of a function begins with what it has", () => {
  const task = (Resource: string) => ({ Type: "Task", Resource, End: true });
  const States = {
    Call: task("arn:aws:states:::lambda:invoke"),
    Wait: task("arn:aws:states:::lambda:invoke.waitForTaskToken"),
  };
  const index = indexOf({ StartAt: "Call", States });
  expect(questionMocks(index)).toEqual({});
  const [call, wait] = [...index.states.values()];
  expect(call && firstAnswer(call, index)).toEqual({ Payload: {}, StatusCode: 200 });
  expect(wait && firstAnswer(wait, index)).toEqual({});
});
