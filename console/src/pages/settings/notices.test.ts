import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { notices } from "./notices.ts";

interface Manifest {
  readonly license?: string;
  readonly devDependencies?: { readonly [name: string]: string };
}

/** What builds the console, and of which nothing is in its files. */
const tools = /^(vite|@vitejs\/.*|@types\/.*|@tailwindcss\/vite)$/;

test("every package that the console bundles is in the third-party notices", () => {
  const { devDependencies = {} } = manifest("../../../package.json");
  const bundled = Object.keys(devDependencies).filter((name) => !tools.test(name));
  expect(notices.map(({ name }) => name)).toEqual(bundled.sort());
});

test.each(notices)(
  "$name is noted with a licence that it is offered under",
  ({ name, licence }) => {
    const { license = "" } = manifest(`../../../../node_modules/${name}/package.json`);
    expect(license.split(" OR ")).toContain(licence);
  },
);

function manifest(path: string): Manifest {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")) as Manifest;
}
