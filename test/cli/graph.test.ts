import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root, stepwell, temporaryFolder } from "./stepwell.ts";

const isBuilt = existsSync(join(root, "dist/graph/graph-file.js"));

const yaml = `# An order
StartAt: Pack
States:
  Pack:
    Type: Task
    Resource: "\${PackFunction}"
    Next: Ship
  Ship:
    Type: Pass
    End: true
`;

function folderWith(name: string, text: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, name), text);
  return folder;
}

describe.skipIf(!isBuilt)("graph (needs npm run build)", () => {
  test("a definition is drawn into a file", async () => {
    const cwd = folderWith("order.yaml", yaml);
    const { status, stdout, stderr } = await stepwell(["graph", "order.yaml", "--svg", "o.svg"], {
      cwd,
    });
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "", stderr: "" });
    const image = readFileSync(join(cwd, "o.svg"), "utf8");
    expect(image).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(image).toContain(">Pack</text>");
    expect(image).toContain(">Ship</text>");
  });

  test("without a file it goes to stdout, in the theme that is asked for", async () => {
    const cwd = folderWith("order.yaml", yaml);
    const { stdout } = await stepwell(["graph", "order.yaml", "--theme", "dark"], { cwd });
    expect(stdout).toContain('fill="#0f151c"');
    expect(stdout).toMatch(/<\/svg>\n$/);
  });

  test("a file that cannot be written is named", async () => {
    const cwd = folderWith("order.yaml", yaml);
    const { status, stderr } = await stepwell(["graph", "order.yaml", "--svg", "no/o.svg"], {
      cwd,
    });
    expect(status).toBe(1);
    expect(stderr).toContain("no/o.svg cannot be written");
  });
});

test.each([
  ["missing.json", undefined, 1, "missing.json cannot be read: there is no such file."],
  ["broken.json", "{", 1, "broken.json cannot be read"],
  [
    "template.yaml",
    "Resources: {}",
    1,
    "template.yaml is no definition: it has no object 'States'.",
  ],
])("%s is refused with its reason", async (name, text, expected, message) => {
  const cwd = text === undefined ? temporaryFolder() : folderWith(name, text);
  const { status, stderr } = await stepwell(["graph", name], { cwd });
  expect(status).toBe(expected);
  expect(stderr).toContain(message);
});

test("a theme that there is not is the caller's mistake", async () => {
  const cwd = folderWith("order.yaml", yaml);
  const { status, stderr } = await stepwell(["graph", "order.yaml", "--theme", "pink"], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain("--theme is light or dark, not 'pink'.");
});
