import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import { parse } from "yaml";
import { checkConfig } from "../../src/cli/config-schema.ts";
import { readSettings } from "../../src/cli/settings.ts";
import { allDocuments, readDocument, root } from "./document.ts";

/** Of YAML blocks that are no configuration: what they are. */
const others: readonly (readonly [beginning: string, what: string])[] = [
  ["# connections.yaml\n", "the file of connections that the configuration names"],
  ["scrape_configs:\n", "the configuration of Prometheus"],
];

const isOther = (code: string): boolean => others.some(([beginning]) => code.startsWith(beginning));

const blocks = allDocuments().flatMap(({ path, blocks: all }) =>
  all
    .filter(({ language, code }) => language === "yaml" && !isOther(code))
    .map(({ code }, index) => ({ name: `${path}, ${index + 1}`, code })),
);

const folder = mkdtempSync(join(tmpdir(), "stepwell-docs-"));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

/** What blocks refer to beside themselves. */
mkdirSync(join(folder, "functions"));
const connections = readDocument("docs/http-tasks.md").blocks.find(({ code }) =>
  code.startsWith("# connections.yaml\n"),
);
writeFileSync(join(folder, "connections.yaml"), connections?.code ?? "");

const knownKeys: readonly string[] = (() => {
  try {
    checkConfig({ "no such key": 1 }, "a file");
    return [];
  } catch (error) {
    return /The keys here are: (.+)[.]$/.exec((error as Error).message)?.[1]?.split(", ") ?? [];
  }
})();

test("there are blocks of configuration, and files beside them", () => {
  expect(blocks.length).toBeGreaterThan(20);
  expect(connections).toBeDefined();
  expect(knownKeys.length).toBeGreaterThan(40);
});

test.each(blocks)(
  "the configuration of $name is one that a server starts with",
  async ({ code }) => {
    for (const [, name = ""] of code.matchAll(/\$\{(\w+)\}/g)) vi.stubEnv(name, "a secret");
    const config = join(folder, "stepwell.config.yaml");
    writeFileSync(config, code);
    const settings = await readSettings({ config });
    expect(settings.configurationFolder).toBe(folder);
  },
);

test("the configuration that is deployed is one that a server starts with", async () => {
  const config = join(folder, "stepwell.config.yaml");
  copyFileSync(join(root, "deploy/node.config.yaml"), config);
  expect((await readSettings({ config })).cluster).toEqual({ port: 8084 });
});

test("configuration is shown as YAML: JSON of it is in no page", () => {
  const isConfiguration = (code: string): boolean => {
    const keys = Object.keys((parse(code) ?? {}) as object);
    return keys.length > 0 && keys.every((key) => knownKeys.includes(key));
  };
  const inJson = allDocuments().flatMap(({ path, blocks: all }) =>
    all
      .filter(({ language, code }) => language === "json" && isConfiguration(code))
      .map(({ code }) => `${path}: ${code}`),
  );
  expect(inJson).toEqual([]);
});

test("docs/configuration.md has every key", () => {
  const page = readDocument("docs/configuration.md").text;
  expect(knownKeys.filter((key) => !page.includes(`\`${key}\``))).toEqual([]);
});
