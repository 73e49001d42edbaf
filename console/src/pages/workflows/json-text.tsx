import { Fragment, memo } from "react";

/** Our choice: a longer text is read without colours, and so appears at once. */
const mostColoured = 150_000;

const look: Readonly<Record<string, string>> = {
  name: "text-text",
  string: "text-ok",
  expression: "text-wait",
  scalar: "text-run",
  sign: "text-faint",
};

/** JSON as text, coloured: names, texts, expressions, and the rest. */
export const JsonText = memo(function JsonText({ text }: { readonly text: string }) {
  if (text.length > mostColoured) return text;
  return tokensOf(text).map(({ kind, value }, index) =>
    kind === undefined ? (
      <Fragment key={index}>{value}</Fragment>
    ) : (
      <span key={index} className={look[kind]}>
        {value}
      </span>
    ),
  );
});

function tokensOf(text: string) {
  // A name is a text with a colon after it: looked for behind the text, never tried twice.
  const pattern =
    /(?<text>"[^"\\]*(?:\\.[^"\\]*)*")|(?<scalar>[-\w.+]+)|(?<sign>[{}[\],:]+)|\s+|./gs;
  const isName = /\s*:/y;
  return [...text.matchAll(pattern)].map(({ 0: value, index, groups = {} }) => {
    if (groups["text"] === undefined) {
      const kind = groups["scalar"] === undefined ? groups["sign"] && "sign" : "scalar";
      return { kind, value };
    }
    isName.lastIndex = index + value.length;
    if (isName.test(text)) return { kind: "name", value };
    const isExpression = /^"(?:\{%|\$\.|\$"|States\.)/.test(value);
    return { kind: isExpression ? "expression" : "string", value };
  });
}
