/**
 * Lays JSON out anew, two spaces for each level. Only white space changes: numbers keep their digits and texts their
 * escapes, which a parse and a print would not promise.
 */
export function formatJson(text: string): string {
  const tokens = text.match(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]|[^\s{}[\],:"]+/gs) ?? [];
  const parts: string[] = [];
  let depth = 0;
  const newLine = () => `\n${"  ".repeat(depth)}`;
  for (const [index, token] of tokens.entries()) {
    if (token === "{" || token === "[") {
      depth++;
      const isEmpty = tokens[index + 1] === (token === "{" ? "}" : "]");
      parts.push(token, isEmpty ? "" : newLine());
    } else if (token === "}" || token === "]") {
      depth = Math.max(0, depth - 1);
      const isEmpty = tokens[index - 1] === (token === "}" ? "{" : "[");
      parts.push(isEmpty ? "" : newLine(), token);
    } else if (token === ",") parts.push(token, newLine());
    else parts.push(token, token === ":" ? " " : "");
  }
  return parts.join("");
}
