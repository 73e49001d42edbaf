import { RE2JS } from "re2js";

/**
 * Whether a pattern matches the whole text, as Java's `matches` does.
 *
 * Linear in the text, whatever the pattern. Our choice: one that RE2 does not know (it looks around) is not checked, since
 * the value is none the worse for it.
 */
export function fullyMatches(pattern: string, text: string): boolean {
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch {
    return true;
  }
  return compiled.matches(text);
}
