import ELK from "elkjs/lib/elk.bundled.js";
import { expect, test } from "vitest";
import { graphSvg, type SvgLooks } from "./graph-svg.ts";
import { layoutGraph } from "./layout.ts";
import { graphModel } from "./model.ts";

const looks: SvgLooks = {
  ground: "#fff",
  surface: "#fff",
  text: "#000",
  dim: "#555",
  line: "#ccc",
  card: ({ name }) => ({
    fill: "#eee",
    stroke: "#0a0",
    word: name === "Pay" ? "Failed" : undefined,
  }),
  edge: ({ kind }) => (kind === "catch" ? "#f00" : undefined),
  words: { start: "Start", end: "End", otherwise: "sonst", callback: "wartet" },
};

async function drawn(definition: unknown): Promise<string> {
  const model = graphModel(definition);
  return graphSvg(
    model,
    await layoutGraph(model, { elk: () => Promise.resolve(new ELK()) }),
    looks,
  );
}

test("an image has every state, every way and what became of them", async () => {
  const image = await drawn({
    StartAt: "Pay",
    States: {
      Pay: {
        Type: "Task",
        Resource: "x",
        Next: "Both",
        Catch: [{ ErrorEquals: ["E"], Next: "Tell" }],
      },
      Both: {
        Type: "Parallel",
        End: true,
        Branches: [{ StartAt: "In", States: { In: { Type: "Pass", End: true } } }],
      },
      Tell: { Type: "Pass", End: true },
    },
  });
  for (const name of ["Pay", "Both", "In", "Tell", "Start", "End", "Failed"]) {
    expect(image).toMatch(new RegExp(`>[^<]*${name}`));
  }
  expect(image).toContain('stroke="#f00" stroke-width="2.5" stroke-dasharray="5 4"');
});

test("what no definition says is said in the language of whoever looks", async () => {
  const image = await drawn({
    StartAt: "Ask",
    States: {
      Ask: {
        Type: "Task",
        Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        Next: "Yes?",
      },
      "Yes?": { Type: "Choice", Choices: [], Default: "Done" },
      Done: { Type: "Succeed" },
    },
  });
  expect(image).toContain(">wartet<");
  expect(image).toContain(">sonst<");
  expect(image).not.toMatch(/otherwise|waits for callback/);
});

test("names are text in it, whatever is in them", async () => {
  const name = '</text><script>alert("1")</script>\u0000\ud800&';
  const image = await drawn({ StartAt: name, States: { [name]: { Type: "Pass", End: true } } });
  expect(image).not.toContain("<script");
  expect(image).toContain('&lt;/text&gt;&lt;script&gt;alert("1")&lt;/script&gt;\ufffd&amp;');
});
