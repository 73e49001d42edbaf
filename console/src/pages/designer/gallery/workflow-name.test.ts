import { describe, expect, test } from "vitest";
import { freeNameOf, workflowNameOf } from "./workflow-name.ts";
import { starters } from "./starters/starters.ts";

describe("the workflow that a starter is saved as", () => {
  test("has the starter's id as workflows' names are written", () => {
    expect(workflowNameOf("askPerson")).toBe("ask-person");
    const names = starters.map(({ id }) => workflowNameOf(id));
    expect(names.every((name) => /^[a-z]+(-[a-z]+)*$/.test(name))).toBe(true);
    expect(new Set(names).size).toBe(starters.length);
  });

  test("has a number behind its name where there is one already", () => {
    expect(freeNameOf("saga", new Set(["ask-person"]))).toBe("saga");
    expect(freeNameOf("saga", new Set(["saga", "saga-3"]))).toBe("saga-2");
    expect(freeNameOf("saga", new Set(["saga", "saga-2"]))).toBe("saga-3");
  });
});
