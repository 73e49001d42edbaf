/**
 * How many ways a text might be divided among the components of a date picture, at most.
 *
 * The package parses with a backtracking regular expression. A component's end is certain if the literal text
 * after it has a character that the component cannot match, or if its width is fixed; every other end may be
 * anywhere.
 */
export function ambiguity(picture: string, textLength: number): number {
  const parts = partsOf(picture);
  let ways = 1;
  let boundaries = 0;
  parts.forEach((part, index) => {
    if (part.type !== "component") return;
    const next = parts[index + 1];
    if (next === undefined) return;
    const isCertain =
      next.type === "literal"
        ? !part.characters.test(next.text) || index + 2 >= parts.length
        : part.isDecimal && next.isInteger;
    if (!isCertain) ways *= textLength / ++boundaries;
  });
  return ways;
}

type Part = Literal | Component;
interface Literal {
  readonly type: "literal";
  readonly text: string;
}
interface Component {
  readonly type: "component";
  /** Texts of only such characters may be part of what the component matches. */
  readonly characters: RegExp;
  /** Written with digits: directly before another number, it matches exactly as many as its picture has. */
  readonly isDecimal: boolean;
  readonly isInteger: boolean;
}

function partsOf(picture: string): readonly Part[] {
  const parts: Part[] = [];
  for (const [, bracket, marker, text] of picture.matchAll(/(\[\[)|\[([^\]]*)\]|([^[]+)/g)) {
    if (bracket !== undefined) parts.push({ type: "literal", text: "[" });
    else if (text !== undefined) parts.push({ type: "literal", text });
    else parts.push(componentOf((marker ?? "").replace(/\s/g, "")));
  }
  return parts;
}

function componentOf(marker: string): Component {
  const modifier = marker.slice(1).replace(/,.*$/, "");
  const isNamed = /^[Nn]/.test(modifier) || (modifier === "" && "FPCE".includes(marker.charAt(0)));
  const isWritten = /^[AaIiWw]/.test(modifier);
  const isZone = /^[Zz]/.test(marker);
  const isDecimal = !isNamed && !isWritten && !isZone;
  return {
    type: "component",
    characters: isDecimal && !modifier.endsWith("o") ? /^[0-9]*$/ : /^[-+:,A-Za-z0-9 ]*$/,
    isDecimal,
    isInteger: !isNamed && !isZone,
  };
}
