import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { allDocuments, root } from "./document.ts";

const read = (path: string): string => readFileSync(join(root, path), "utf8");

/** Files and folders of the checkout that pages speak of, from the root, folders with a slash at the end. */
function checkoutPaths(): readonly string[] {
  const folders = [
    "bench",
    "console/src",
    "dashboards",
    "data",
    "deploy",
    "docs",
    "examples",
    "scripts",
    "simulation",
    "src",
    "test",
  ];
  return folders.flatMap((folder) => [
    `/${folder}/`,
    ...readdirSync(join(root, folder), { recursive: true, withFileTypes: true }).map((entry) => {
      const path = join(entry.parentPath, entry.name).slice(root.length + 1);
      return `/${path}${entry.isDirectory() ? "/" : ""}`;
    }),
  ]);
}

/** What is between backticks in a page's prose. */
function termsOf(text: string): readonly string[] {
  const prose = text.replaceAll(/^ *```[^]*?^ *```$/gm, "");
  return [...prose.matchAll(/`([^`\n]+)`/g)].map(([, term = ""]) => term);
}

test("each source file and folder that ARCHITECTURE.md names is there", () => {
  const paths = checkoutPaths();
  const named = termsOf(read("ARCHITECTURE.md")).filter((term) =>
    /^[\w.-]+(?:\/[\w.-]+)*(?:\/|[.](?:ts|json|mjs|md))$/.test(term),
  );
  expect(named.length).toBeGreaterThan(80);
  expect(named.filter((name) => !paths.some((path) => path.endsWith(`/${name}`)))).toEqual([]);
});

test("each file of the checkout that another page names is there", () => {
  const wrong: string[] = [];
  let looked = 0;
  for (const { path, text } of allDocuments()) {
    for (const term of termsOf(text)) {
      const [name = ""] =
        /^(?:bench|console\/src|dashboards|data|deploy|examples|scripts|simulation|src|test)\/[\w./-]*$/.exec(
          term,
        ) ?? [];
      if (name === "") continue;
      looked++;
      if (!existsSync(join(root, name))) wrong.push(`${path}: ${name}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(looked).toBeGreaterThan(30);
});

test("decisions are numbered from 1 without a gap, and each runtime dependency has a page", () => {
  const pages = readdirSync(join(root, "docs/decisions")).sort();
  expect(pages.map((name) => Number(name.slice(0, 4)))).toEqual(pages.map((_, index) => index + 1));
  const texts = pages.map((name) => read(`docs/decisions/${name}`));
  expect(texts.map((text) => Number(/^# (\d+)[.] /.exec(text)?.[1]))).toEqual(
    pages.map((_, index) => index + 1),
  );
  const { dependencies } = JSON.parse(read("package.json")) as {
    readonly dependencies: { readonly [name: string]: string };
  };
  const unexplained = Object.keys(dependencies).filter(
    (name) => !texts.some((text) => text.includes(`\`${name}\``)),
  );
  expect(unexplained).toEqual([]);
});

test("ARCHITECTURE.md has each layer", () => {
  const layers = readdirSync(join(root, "src"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
  const rows = [...read("ARCHITECTURE.md").matchAll(/^\| `([\w-]+)\/` /gm)].map(
    ([, name = ""]) => name,
  );
  expect(rows.toSorted()).toEqual(layers.toSorted());
});

test("each script of npm that a page names is there", () => {
  const { scripts } = JSON.parse(read("package.json")) as {
    readonly scripts: { readonly [name: string]: string };
  };
  const named = allDocuments().flatMap(({ path, text }) =>
    [...text.matchAll(/\bnpm run (?:-s )?([a-z][a-z:-]*)/g)].map(([, name = ""]) => ({
      path,
      name,
    })),
  );
  expect(named.length).toBeGreaterThan(40);
  expect(named.filter(({ name }) => !Object.hasOwn(scripts, name))).toEqual([]);
});
