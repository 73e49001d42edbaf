/**
 * The operators of an expression's text, in order; operands are the empty string.
 *
 * It reads texts, names, comments and regular expressions as the package's parser does, including when a slash
 * begins a regular expression: where an operand must follow, but not directly after a prefix operator.
 * *Observed.*
 */
export function* tokens(text: string): Generator<string> {
  let needsOperand = true;
  let isRegexPossible = true;
  let position = 0;
  while (position < text.length) {
    const character = text.charAt(position);
    if (whitespace.includes(character)) {
      position++;
      continue;
    }
    if (text.startsWith("/*", position)) {
      position = after(text, "*/", position + 2);
      continue;
    }
    if (character === "/" && isRegexPossible) {
      position = endOfRegex(text, position + 1);
      needsOperand = isRegexPossible = false;
      yield "";
      continue;
    }
    const operator = operatorAt(text, position);
    if (operator === undefined) {
      const end = endOfOperand(text, position);
      const word = text.slice(position, end);
      position = end;
      // `and`, `or` and `in` are names where an operand must follow.
      needsOperand = isRegexPossible = !needsOperand && wordOperators.has(word);
      yield "";
      continue;
    }
    position += operator.length;
    if (needsOperand) {
      // A prefix operator, an empty pair of brackets, or an operand that looks like an operator.
      needsOperand = "([{-|".includes(operator);
      isRegexPossible = false;
    } else needsOperand = isRegexPossible = !")]}".includes(operator);
    yield operator;
  }
}

const whitespace = " \t\n\r\v";
const operatorCharacters = ".[]{}(),@#;:?+-*/%|=<>^&!~";
const pairs = ["..", ":=", "!=", ">=", "<=", "**", "~>", "?:", "??"];
const wordOperators = new Set(["and", "or", "in"]);

function operatorAt(text: string, position: number): string | undefined {
  const pair = text.slice(position, position + 2);
  if (pairs.includes(pair)) return pair;
  const character = text.charAt(position);
  return operatorCharacters.includes(character) ? character : undefined;
}

/** The position after the next `mark`, or the end. */
function after(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

function endOfOperand(text: string, start: number): number {
  const first = text.charAt(start);
  if (first === "`") return after(text, "`", start + 1);
  let position = start;
  if (first === '"' || first === "'") {
    do position += text.charAt(position) === "\\" ? 2 : 1;
    while (position < text.length && text.charAt(position) !== first);
    return position + 1;
  }
  const number = /(0|([1-9][0-9]*))(\.[0-9]+)?([Ee][-+]?[0-9]+)?/y;
  number.lastIndex = start;
  if (number.test(text)) return number.lastIndex;
  while (position < text.length && !isEndOfName(text.charAt(position))) position++;
  return position;
}

function isEndOfName(character: string): boolean {
  return whitespace.includes(character) || operatorCharacters.includes(character);
}

/** A slash ends a regular expression if it is not escaped, nor within brackets of any kind. */
function endOfRegex(text: string, start: number): number {
  let depth = 0;
  let backslashes = 0;
  for (let position = start; position < text.length; position++) {
    const character = text.charAt(position);
    if (character === "/" && depth === 0 && backslashes % 2 === 0) return position + 1;
    const isEscaped = backslashes > 0;
    backslashes = character === "\\" ? backslashes + 1 : 0;
    if ("([{".includes(character) && !isEscaped) depth++;
    if (")]}".includes(character) && !isEscaped) depth--;
  }
  return text.length;
}
