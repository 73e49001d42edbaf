// The site's pages are those of the checkout, copied to where the generator finds its own packages from: docs as it is, README as the first.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../", import.meta.url);
const pages = new URL("pages/", import.meta.url);

rmSync(pages, { recursive: true, force: true });
mkdirSync(pages);
cpSync(new URL("docs", root), new URL("docs", pages), { recursive: true });
for (const name of ["ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"]) {
  cpSync(new URL(name, root), new URL(name, pages));
}
copyReadme("README.md", "index.md");
copyReadme("README.ko.md", "docs/ko/index.md");
console.log(`Copied to ${fileURLToPath(pages)}`);

/**
 * It has another place on the site: its links begin at the root, those of its pictures at the page, since what begins at the root is no file of
 * a page; and the other README is a first page as well.
 */
function copyReadme(name, target) {
  const pictures = target.startsWith("docs/ko/") ? "../images/" : "./docs/images/";
  const text = readFileSync(new URL(name, root), "utf8")
    .replaceAll("](docs/images/", `](${pictures}`)
    .replaceAll(/\]\((?!https?:|[.]{1,2}\/)([^)]+)\)/g, "](/$1)")
    .replaceAll("](/README.md)", "](/index.md)")
    .replaceAll("](/README.ko.md)", "](/docs/ko/index.md)");
  writeFileSync(new URL(target, pages), text);
}
for (const name of ["docs/ko/getting-started.md", "docs/getting-started.md"]) {
  const file = new URL(name, pages);
  const text = readFileSync(file, "utf8")
    .replaceAll("../../README.ko.md", "/docs/ko/index.md")
    .replaceAll("../README.md", "/index.md");
  writeFileSync(file, text);
}
