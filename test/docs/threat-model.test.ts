import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

test("what the threat model says is shown by a file is shown by one that there is", () => {
  const page = readFileSync(join(root, "docs/threat-model.md"), "utf8");
  const named = [...page.matchAll(/`((?:test|src)\/[\w/.-]+)`/g)].map(([, path = ""]) => path);
  expect(named.length).toBeGreaterThan(15);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
