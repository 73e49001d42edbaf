import { readFileSync } from "node:fs";
import { defineConfig, type DefaultTheme } from "vitepress";

/** The pages in the order of the navigation, by the part they belong to; each has its own first heading as its title. */
const parts: readonly (readonly [en: string, ko: string, pages: readonly string[]])[] = [
  [
    "Begin",
    "시작",
    ["getting-started", "console", "designer", "cli", "configuration", "beyond-aws"],
  ],
  [
    "Tasks",
    "태스크",
    [
      "functions",
      "integrations",
      "http-tasks",
      "stand-ins",
      "own-resources",
      "workers",
      "aws",
      "adding-an-integration",
    ],
  ],
  ["Deploy and start", "배포와 시작", ["deploy", "aws-endpoint", "triggers", "routes", "pipes"]],
  ["Develop", "개발", ["testing", "embedding"]],
  ["Watch", "관찰", ["metrics", "cost", "execution-logs", "express-history"]],
  ["Run", "운영", ["security", "encryption", "threat-model", "cluster", "store", "reliability"]],
];

/** Pages that are written in Korean, too. */
const inKorean = ["getting-started"];

const root = new URL("../../", import.meta.url);

function titleOf(path: string): string {
  const text = readFileSync(new URL(path, root), "utf8");
  return /^# (.+)$/m.exec(text)?.[1] ?? path;
}

function sidebar(isKorean: boolean): DefaultTheme.SidebarItem[] {
  return parts.map(([en, ko, pages]) => ({
    text: isKorean ? ko : en,
    items: pages.map((page) => {
      const path = isKorean && inKorean.includes(page) ? `docs/ko/${page}` : `docs/${page}`;
      return { text: titleOf(`${path}.md`), link: `/${path}` };
    }),
  }));
}

/**
 * README and docs as they are in the checkout: the same pages, the same links. VitePress refuses a link to a page that is not there; what
 * is no page (examples, deploy) is there in the checkout only, and test/docs looks after it.
 */
export default defineConfig({
  srcDir: "pages",
  outDir: "dist",
  title: "Stepwell",
  description: "AWS Step Functions that you run yourself",
  ignoreDeadLinks: [
    /(?:^|\/)(?:examples|deploy|src|test)(?:\/|$)/,
    /\/(?:docs|decisions)\/?(?:index)?$/,
    /[.]qnt$/,
  ],
  markdown: {
    // A page is compiled as a template of Vue's, in which braces within code would be an expression.
    config: ({ renderer: { rules } }) => {
      const asWritten = rules.code_inline;
      rules.code_inline = (tokens, index, ...rest) => {
        tokens[index]?.attrSet("v-pre", "");
        return asWritten?.(tokens, index, ...rest) ?? "";
      };
    },
  },
  themeConfig: { search: { provider: "local" }, outline: [2, 3] },
  locales: {
    root: { label: "English", lang: "en", themeConfig: { sidebar: sidebar(false) } },
    "docs/ko": {
      label: "한국어",
      lang: "ko",
      link: "/docs/ko/",
      themeConfig: {
        sidebar: sidebar(true),
        outline: { label: "이 페이지에서", level: [2, 3] },
        docFooter: { prev: "이전", next: "다음" },
      },
    },
  },
});
