import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./document.ts";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly files: readonly string[];
  readonly bin: { readonly stepwell: string };
  readonly exports: { readonly [path: string]: string | { readonly [kind: string]: string } };
  readonly scripts: { readonly prepack: string };
};

test("the package has what runs and what is read, and neither tests nor what only the compiler needs", () => {
  const left = ["!dist/.build", "!dist/**/*.map"];
  expect(manifest.files).toEqual(expect.arrayContaining(["bin", "dist", "data", ...left]));
  for (const own of ["src", "test", "bench", "scripts", "console", "site"]) {
    expect(manifest.files).not.toContain(own);
  }
  for (const file of manifest.files.filter((name) => /^[^!]+$/.test(name))) {
    expect(existsSync(join(root, file)), file).toBe(true);
  }
  // A system starts it by itself: npm would make it so, an image does not.
  accessSync(join(root, manifest.bin.stepwell), constants.X_OK);
  // Which builds the console, too.
  expect(manifest.scripts.prepack).toBe("node scripts/prepack.mjs");
});

test("each module that the package exports is compiled of a source, with its types", () => {
  for (const [path, target] of Object.entries(manifest.exports)) {
    if (typeof target === "string") continue;
    const { types = "", default: code = "", ...more } = target;
    expect(more, path).toEqual({});
    expect(types.replace(/[.]d[.]ts$/, "")).toBe(code.replace(/[.]js$/, ""));
    const source = code.replace("./dist/", "src/").replace(/[.]js$/, ".ts");
    expect(existsSync(join(root, source)), source).toBe(true);
  }
});
