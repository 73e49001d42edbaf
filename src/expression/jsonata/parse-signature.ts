/** One parameter of a signature: the types it takes, how many arguments it takes, and what it does without one. */
export interface Parameter {
  readonly types: string;
  readonly isArray: boolean;
  /** Type of an array's items, if it is restricted. */
  itemType: string | undefined;
  occurs: "once" | "optional" | "repeated";
  /** A missing argument is the context item. */
  usesContext: boolean;
}

/** The parameters of `<s-nn?:s>`. What the parser let through and makes no sense is passed over. */
export function parseParameters(definition: string): readonly Parameter[] {
  const parameters: Parameter[] = [];
  for (let position = 1; position < definition.length; position++) {
    const symbol = definition.charAt(position);
    const last = parameters.at(-1);
    if (symbol === ":") break;
    if (symbol in typesOfSymbol) {
      parameters.push(
        newParameter(typesOfSymbol[symbol as keyof typeof typesOfSymbol], symbol === "a"),
      );
    } else if (symbol === "(") {
      const end = closing(definition, position, "(", ")");
      parameters.push(newParameter(`${definition.slice(position + 1, end)}m`, false));
      position = end;
    } else if (symbol === "<") {
      const end = closing(definition, position, "<", ">");
      if (last !== undefined) last.itemType = definition.slice(position + 1, end);
      position = end;
    } else if (last !== undefined) {
      if (symbol === "-") {
        last.usesContext = true;
        last.occurs = "optional";
      } else if (symbol === "?") last.occurs = "optional";
      else if (symbol === "+") last.occurs = "repeated";
    }
  }
  return parameters;
}

/** Argument types by symbol; `m` is a missing (undefined) value, which every type but a function may be. */
const typesOfSymbol = {
  s: "sm",
  n: "nm",
  b: "bm",
  l: "lm",
  o: "om",
  a: "asnblfom",
  f: "f",
  j: "asnblom",
  x: "asnblfom",
} as const;

function newParameter(types: string, isArray: boolean): Parameter {
  return { types, isArray, itemType: undefined, occurs: "once", usesContext: false };
}

function closing(text: string, from: number, open: string, close: string): number {
  let depth = 1;
  let position = from;
  while (position < text.length) {
    position++;
    const symbol = text.charAt(position);
    if (symbol === close && --depth === 0) break;
    if (symbol === open) depth++;
  }
  return position;
}
