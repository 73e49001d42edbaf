/** How many Unicode characters (code points) a text has: the unit of the language's length limits. */
export function characterCount(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; count++) {
    index += (text.codePointAt(index) as number) > 0xffff ? 2 : 1;
  }
  return count;
}
