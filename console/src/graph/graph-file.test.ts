import { expect, test } from "vitest";
import { graphFile } from "./graph-file.ts";

const definition = {
  StartAt: "Check",
  States: {
    Check: { Type: "Choice", Choices: [{ Variable: "$.ok", IsPresent: true, Next: "Pack" }] },
    Pack: { Type: "Pass", End: true },
  },
};

test("an image for a file has the graph in the colours of its theme", async () => {
  const light = await graphFile(definition, "light");
  const dark = await graphFile(definition, "dark");
  for (const image of [light, dark]) {
    expect(image).toMatch(/^<svg /);
    for (const word of ["Check", "Pack", "Start", "End"])
      expect(image).toContain(`>${word}</text>`);
  }
  expect(light).toContain('fill="#f5f7f9"');
  expect(dark).toContain('fill="#0f151c"');
});

test("the same definition is the same image", async () => {
  expect(await graphFile(definition, "light")).toBe(await graphFile(definition, "light"));
});
