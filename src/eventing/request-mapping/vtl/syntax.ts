/** A part of a mapping template. */
export type TemplateNode =
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "output";
      readonly reference: Reference;
      readonly source: string;
      readonly isQuiet: boolean;
    }
  | { readonly type: "set"; readonly target: Reference; readonly value: Expression }
  | {
      readonly type: "if";
      readonly branches: readonly Branch[];
      readonly otherwise: readonly TemplateNode[];
    }
  | {
      readonly type: "foreach";
      readonly variable: string;
      readonly list: Expression;
      readonly body: readonly TemplateNode[];
    }
  | { readonly type: "define"; readonly variable: string; readonly body: readonly TemplateNode[] };

export interface Branch {
  readonly condition: Expression;
  readonly body: readonly TemplateNode[];
}

/** `$name.member.method(1)[0]` */
export interface Reference {
  readonly name: string;
  readonly steps: readonly ReferenceStep[];
}

export type ReferenceStep =
  | { readonly type: "member"; readonly name: string }
  | { readonly type: "call"; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly type: "index"; readonly index: Expression };

export type BinaryOperator =
  "||" | "&&" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "/" | "%";

export type Expression =
  | { readonly type: "literal"; readonly value: string | number | boolean | null }
  /** A text in double quotes: references in it are followed. */
  | { readonly type: "template"; readonly nodes: readonly TemplateNode[] }
  | { readonly type: "reference"; readonly reference: Reference }
  | { readonly type: "list"; readonly items: readonly Expression[] }
  | { readonly type: "range"; readonly first: Expression; readonly last: Expression }
  | { readonly type: "map"; readonly entries: readonly (readonly [Expression, Expression])[] }
  | { readonly type: "not"; readonly operand: Expression }
  | {
      readonly type: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    };

/** A template that is refused, with the place where it stops being one that is known here. */
export class InvalidTemplate extends Error {
  override readonly name = "InvalidTemplate";
  readonly line: number;
  readonly column: number;

  constructor(message: string, text: string, offset: number) {
    const before = text.slice(0, offset).split("\n");
    const line = before.length;
    const column = (before.at(-1) as string).length + 1;
    super(`${message} (line ${line}, column ${column})`);
    this.line = line;
    this.column = column;
  }
}
