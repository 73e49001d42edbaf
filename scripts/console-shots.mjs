// `npm run console:shots`: writes every page of the console, in light, dark and high contrast, wide and narrow, into the folder
// `shots/`; `settings-cluster` is that of three nodes, where there can be a PostgreSQL. Arguments are names of pages, or beginnings of them: only those are written; `--language=ko` is another language.
// `-- --docs` writes those that the documentation shows in the language, into `docs/images/`.
import { mkdirSync } from "node:fs";
import { build } from "./build.mjs";

build({ quiet: false });
const { openBrowser } = await import("../test/console/browser/open-browser.ts");
const { startConsoleServer } = await import("../test/console/browser/console-server.ts");
const { makeSampleData } = await import("../test/console/browser/sample-data.ts");
const { allPages, placesOfConsole } = await import("../test/console/browser/pages.ts");
const { settled } = await import("../test/console/browser/page-checks.ts");

const { startPostgres } = await import("../test/contracts/postgres-server.ts");
const { balanced, startCluster } = await import("../test/cluster/test-cluster.ts");

const forDocs = process.argv.includes("--docs");
const folder = forDocs ? "docs/images" : "shots";
const sizes = forDocs
  ? [{ width: 1440, height: 960 }]
  : [
      { width: 1440, height: 900 },
      { width: 390, height: 844 },
    ];
const themes = forDocs ? ["light"] : ["light", "dark", "contrast"];
const named = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const languageFlag = process.argv.find((argument) => argument.startsWith("--language="));
const locale = languageFlag?.slice("--language=".length) ?? "en-US";
// The designer's page is in English alone.
const inDocs = ["execution-failed", ...(languageFlag === undefined ? ["designer-state"] : [])];
const wanted = forDocs ? inDocs : named;

const browser = await openBrowser();
if (browser === undefined) process.exit(1);
mkdirSync(folder, { recursive: true });
const [server, empty] = [
  await startConsoleServer(),
  await startConsoleServer({ withExamples: false }),
];
const isWanted = (name) => wanted.length === 0 || wanted.some((start) => name.startsWith(start));
const postgres = isWanted("settings-cluster") ? await startPostgres() : "it is not wanted";
const cluster =
  typeof postgres === "string"
    ? postgres
    : await startCluster(3, { consoleFolder: "dist/console-app", url: postgres.url });
if (typeof cluster === "string") console.log(`No cluster: ${cluster}.`);
else await balanced(cluster);
try {
  const full = allPages(await makeSampleData(server));
  const places = Object.entries(placesOfConsole).map(([name, path]) => [
    `empty-${name}`,
    empty.url + path,
  ]);
  const pages = [
    ...Object.entries(full).map(([name, path]) => [
      name,
      path.startsWith("http") ? path : server.url + path,
    ]),
    ...places,
    ...(typeof cluster === "string"
      ? []
      : [
          ["settings-cluster", `http://127.0.0.1:${cluster.nodes[0].server.port}/console/settings`],
        ]),
  ].filter(([name]) => isWanted(name));
  for (const theme of themes) {
    for (const viewport of sizes) {
      const context = await browser.newContext({
        viewport,
        locale,
        timezoneId: "UTC",
        reducedMotion: "reduce",
      });
      await context.addInitScript((name) => localStorage.setItem("stepwell.theme", name), theme);
      const page = await context.newPage();
      for (const [name, address] of pages) {
        await page.goto(address);
        await settled(page);
        // A graph is laid out by a worker, and a chart drawn with the next frame.
        await page.waitForTimeout(500);
        const file = forDocs
          ? `${folder}/${name}${locale.startsWith("en") ? "" : `.${locale}`}.png`
          : `${folder}/${name}-${theme}-${viewport.width}.png`;
        await page.screenshot({ path: file, fullPage: !forDocs });
      }
      await context.close();
    }
    console.log(`${pages.length * sizes.length} pictures in ${theme} are in ${folder}/.`);
  }
} finally {
  await browser.close();
  await server.close();
  await empty.close();
  if (typeof cluster !== "string") await cluster.stop();
  if (typeof postgres !== "string") await postgres.stop();
}
