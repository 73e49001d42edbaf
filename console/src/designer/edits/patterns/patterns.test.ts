import { describe, expect, test } from "vitest";
import { readDefinition } from "../../document/read-definition.ts";
import { applyEdits } from "../../document/text-edits.ts";
import { isRefused } from "../edit-result.ts";
import { insertFragment } from "../insert.ts";
import { errorsIn } from "../samples.fixture.ts";
import { patterns } from "./patterns.ts";

const languages = ["JSONata", "JSONPath"] as const;
const cases = languages.flatMap((language) =>
  patterns.map((pattern) => [pattern.id, language, pattern] as const),
);

const machine = (language: string) => ({
  QueryLanguage: language,
  StartAt: "A",
  States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Succeed" } },
});

/** The text of a machine with the pattern between its two states, and what is open then. */
function inserted(pattern: (typeof patterns)[number], of: "JSONata" | "JSONPath", into: string) {
  const document = readDefinition(JSON.stringify(machine(into), null, 2));
  const fragment = pattern.build(of, (id) => `word ${id}`);
  const result = insertFragment(document, { on: "edge", edge: "/A|next" }, fragment);
  if (isRefused(result)) throw new Error(result.refused);
  const text = applyEdits(document.text, result.edits);
  return { text, open: result.open };
}

const filled = (text: string): string =>
  text
    .replaceAll(/("Resource": )""/g, '$1"arn:aws:states:us-east-1:123456789012:activity:a"')
    .replaceAll(
      /("StateMachineArn": )""/g,
      '$1"arn:aws:states:us-east-1:123456789012:stateMachine:m"',
    )
    .replaceAll(/("(?:ApiEndpoint)": )""/g, '$1"https://example.com"')
    .replaceAll(
      /("ConnectionArn": )""/g,
      '$1"arn:aws:events:us-east-1:123456789012:connection/c/1"',
    )
    .replaceAll('""', '"x"');

describe("the catalogue", () => {
  test("has each id once, and asks for no word that it does not tell", () => {
    expect(new Set(patterns.map(({ id }) => id)).size).toBe(patterns.length);
    for (const { id, words, build } of patterns) {
      const asked = new Set<string>();
      build("JSONata", (word) => {
        asked.add(word);
        return word;
      });
      expect([...asked].toSorted(), id).toEqual([...words].toSorted());
    }
  });

  test.each(cases)(
    "%s in %s is valid on an edge, once what it left open is filled in",
    (id, language, pattern) => {
      const { text, open } = inserted(pattern, language, language);
      const codes = new Set(open.map(({ code }) => code));
      const lanes = ["parallel", "map", "distributedMap"].includes(id);
      const allowed = lanes
        ? ["emptyScope"]
        : id === "succeed" || id === "fail"
          ? ["unreachable", "toFill"]
          : ["toFill"];
      expect(
        [...codes].filter((code) => !allowed.includes(code)),
        text,
      ).toEqual([]);
      if (!codes.has("emptyScope") && !codes.has("unreachable")) {
        expect({ errors: errorsIn(JSON.parse(filled(text))), text }).toEqual({ errors: [], text });
      }
    },
  );

  test.each(
    patterns.filter(({ group }) => group === "patterns").map((each) => [each.id, each] as const),
  )("%s in JSONata says its language where the machine is in JSONPath", (_, pattern) => {
    const { text } = inserted(pattern, "JSONata", "JSONPath");
    expect({ errors: errorsIn(JSON.parse(filled(text))), text }).toEqual({ errors: [], text });
  });
});
