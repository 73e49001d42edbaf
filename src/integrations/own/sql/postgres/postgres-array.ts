import type { JsonValue } from "../../../../expression/json.ts";

/**
 * An array from its text: `{1,NULL,"a \"b\""}`, with arrays in it and with bounds before it (`[0:1]={1,2}`). Source:
 * PostgreSQL, 8.15.6. Array Input and Output Syntax.
 */
export function arrayFrom(text: string, element: (text: string) => JsonValue): JsonValue {
  let at = text.indexOf("{");
  // Deeper than six dimensions no array goes; the text is the server's.
  function array(): JsonValue[] {
    const items: JsonValue[] = [];
    at++;
    while (at < text.length && text[at] !== "}") {
      if (text[at] === ",") at++;
      else if (text[at] === "{") items.push(array());
      else if (text[at] === '"') items.push(element(quoted()));
      else {
        const plain = bare();
        items.push(plain === "NULL" ? null : element(plain));
      }
    }
    at++;
    return items;
  }
  function quoted(): string {
    let value = "";
    for (at++; at < text.length && text[at] !== '"'; at++) {
      if (text[at] === "\\") at++;
      value += text[at] ?? "";
    }
    at++;
    return value;
  }
  function bare(): string {
    const from = at;
    while (at < text.length && text[at] !== "," && text[at] !== "}") at++;
    return text.slice(from, at);
  }
  return at === -1 ? text : array();
}
