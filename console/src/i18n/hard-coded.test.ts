import { parseSync } from "vite";
import { expect, test } from "vitest";

const sources = import.meta.glob<string>("../**/*.tsx", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** Attributes that somebody reads or hears. */
const spoken = new Set([
  "label",
  "title",
  "placeholder",
  "alt",
  "hint",
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "aria-valuetext",
]);
const hasWords = (text: unknown): boolean => typeof text === "string" && /\p{L}{2,}/u.test(text);

/** The same in every language. */
const universal = new Set(["Ctrl K", "⌘K", "JSONPath", "JSONata", "SVG", "PNG"]);

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

/** Literals that an expression may come to: of a condition both. */
function literalsOf(expression: unknown): readonly string[] {
  if (!isNode(expression)) return [];
  switch (expression.type) {
    case "Literal":
      return hasWords(expression["value"]) ? [String(expression["value"])] : [];
    case "TemplateLiteral":
      return (expression["quasis"] as readonly { readonly value: { readonly cooked: string } }[])
        .map(({ value }) => value.cooked)
        .filter(hasWords);
    case "ConditionalExpression":
      return [...literalsOf(expression["consequent"]), ...literalsOf(expression["alternate"])];
    case "LogicalExpression":
      return [...literalsOf(expression["left"]), ...literalsOf(expression["right"])];
    case "JSXExpressionContainer":
    case "ParenthesizedExpression":
      return literalsOf(expression["expression"]);
    default:
      return [];
  }
}

/** What a file says that is not from the catalogue. */
function wordsIn(file: string, source: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (node.type === "JSXText" && hasWords(node["value"]))
      found.push(String(node["value"]).trim());
    if (node.type === "JSXAttribute") {
      const { name } = node["name"] as { readonly name: string };
      if (spoken.has(name)) found.push(...literalsOf(node["value"]));
    }
    if (node.type === "JSXElement" || node.type === "JSXFragment") {
      for (const child of node["children"] as readonly unknown[]) {
        if (isNode(child) && child.type === "JSXExpressionContainer")
          found.push(...literalsOf(child));
      }
    }
    for (const value of Object.values(node)) {
      for (const each of Array.isArray(value) ? (value as unknown[]) : [value]) {
        if (isNode(each)) visit(each);
      }
    }
  };
  visit(parseSync(file, source).program as unknown as Node);
  return found.filter((text) => !universal.has(text));
}

test("the test finds what is hard-coded", () => {
  const source = `const a = <p title="One" className="two">Three {x ? "four" : y} {\`five \${z}\`}</p>;`;
  expect(wordsIn("a.tsx", source)).toEqual(["four", "five ", "One", "Three"]);
});

test("every text of a page is from the catalogue", () => {
  const found = Object.entries(sources).flatMap(([file, source]) =>
    wordsIn(file, source).map((text) => `${file}: ${text}`),
  );
  expect(Object.keys(sources).length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});
