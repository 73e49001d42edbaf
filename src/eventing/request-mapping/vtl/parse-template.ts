import { ExpressionReader } from "./parse-expression.ts";
import { type Branch, InvalidTemplate, type TemplateNode } from "./syntax.ts";

/** A mapping template that is compiled. */
export interface MappingTemplate {
  readonly text: string;
  readonly nodes: readonly TemplateNode[];
}

/** *Documented*: API Gateway, quotas: the size of a mapping template. */
const longestTemplate = 300 * 1024;

/**
 * Reads a mapping template of a REST API. Throws an {@link InvalidTemplate}.
 *
 * It is the part of the Velocity Template Language that such templates use: references, `#set`, `#if`, `#elseif`, `#else`, `#foreach`,
 * `#define`, `#end`, comments and `#[[…]]#`. Another directive is refused with its place. *Documented*: Velocity's user guide; API Gateway, mapping
 * templates.
 */
export function parseMappingTemplate(text: string): MappingTemplate {
  if (text.length > longestTemplate) {
    throw new InvalidTemplate(`A template has at most ${longestTemplate} characters`, text, 0);
  }
  return { text, nodes: new TemplateReader(text).all() };
}

type DirectiveName = "set" | "if" | "elseif" | "else" | "end" | "foreach" | "define";

/** Our choice. */
const deepestBlocks = 50;

class TemplateReader {
  readonly #text: string;
  readonly #expressions: ExpressionReader;
  #blocks = 0;

  constructor(text: string) {
    this.#text = text;
    this.#expressions = new ExpressionReader(text, 0, (inside) => new TemplateReader(inside).all());
  }

  all(): readonly TemplateNode[] {
    const { nodes, end } = this.#block();
    if (end !== undefined)
      this.#refuse(`#${end} without #if, #foreach or #define`, this.#at - end.length - 1);
    return nodes;
  }

  get #at(): number {
    return this.#expressions.at;
  }

  set #at(at: number) {
    this.#expressions.at = at;
  }

  #refuse(message: string, at = this.#at): never {
    return this.#expressions.refuse(message, at);
  }

  /** To the directive that ends it, which is read; `undefined`: to the end of the template. */
  #block(): { nodes: readonly TemplateNode[]; end: "elseif" | "else" | "end" | undefined } {
    if (++this.#blocks > deepestBlocks) this.#refuse("The template is nested too deeply");
    const nodes: TemplateNode[] = [];
    let plain = this.#at;
    const flush = (end: number): void => {
      if (end > plain) nodes.push({ type: "text", text: this.#text.slice(plain, end) });
    };
    for (;;) {
      const found = this.#nextMark();
      flush(found);
      if (found === this.#text.length) {
        this.#blocks--;
        return { nodes, end: undefined };
      }
      this.#at = found;
      const node = this.#text.charAt(found) === "$" ? this.#output() : this.#directive();
      if (typeof node === "string") {
        this.#blocks--;
        return { nodes, end: node };
      }
      if (node !== undefined) nodes.push(node);
      plain = this.#at;
    }
  }

  /** Where the next `$` or `#` is that means something. Any other is text, `#1` for example. */
  #nextMark(): number {
    const mark =
      /\$!?\{?[A-Za-z_]|#(?:#|\*|\[\[|\{?(?:set|if|elseif|else|end|foreach|macro|parse|include|define|evaluate|break|stop|return)\b|@\w+)/g;
    mark.lastIndex = this.#at;
    const found = mark.exec(this.#text)?.index;
    return found ?? this.#text.length;
  }

  #output(): TemplateNode {
    const start = this.#at;
    this.#at = start + 1;
    const { isQuiet, ...reference } = this.#expressions.reference();
    return { type: "output", reference, source: this.#text.slice(start, this.#at), isQuiet };
  }

  #directive(): TemplateNode | "elseif" | "else" | "end" | undefined {
    const start = this.#at;
    const comment = this.#comment(start);
    if (comment !== undefined) return comment === "" ? undefined : { type: "text", text: comment };
    const [whole = "", name = ""] =
      /^#\{?@?(\w+)\}?/.exec(this.#text.slice(start, start + 40)) ?? [];
    this.#at = start + whole.length;
    switch (name as DirectiveName) {
      case "set":
        return this.#set();
      case "if":
        return this.#if();
      case "foreach":
        return this.#foreach();
      case "define":
        return this.#define();
      case "elseif":
      case "else":
      case "end":
        return name as "elseif" | "else" | "end";
      default:
        return this.#refuse(`Unknown directive #${name}`, start);
    }
  }

  /** Passes over a comment, which is an empty text, or gives the text of `#[[…]]#`; `undefined` for neither. */
  #comment(start: number): string | undefined {
    const upTo = (mark: string, length: number): string => {
      const end = this.#text.indexOf(mark, start + length);
      if (end === -1) this.#refuse(`Expected '${mark}'`, start);
      this.#at = end + mark.length;
      return this.#text.slice(start + length, end);
    };
    if (this.#text.startsWith("##", start)) {
      const end = this.#text.indexOf("\n", start);
      this.#at = end === -1 ? this.#text.length : end + 1;
      return "";
    }
    if (this.#text.startsWith("#*", start)) {
      upTo("*#", 2);
      return "";
    }
    return this.#text.startsWith("#[[", start) ? upTo("]]#", 3) : undefined;
  }

  #set(): TemplateNode {
    const reader = this.#expressions;
    reader.expect("(");
    reader.expect("$");
    const { isQuiet: _, ...target } = reader.reference();
    if (target.steps.some(({ type }) => type === "call")) this.#refuse("A call cannot be set");
    reader.expect("=");
    const value = reader.expression();
    reader.expect(")");
    this.#skipLineEnd();
    return { type: "set", target, value };
  }

  #if(): TemplateNode {
    const branches: Branch[] = [];
    let otherwise: readonly TemplateNode[] = [];
    const start = this.#at;
    for (let opened: "if" | "elseif" | "else" = "if"; ;) {
      const condition = opened === "else" ? undefined : this.#condition();
      this.#skipLineEnd();
      const { nodes, end } = this.#block();
      if (condition === undefined) otherwise = nodes;
      else branches.push({ condition, body: nodes });
      if (end === "end") break;
      if (end === undefined) this.#refuse("#if without #end", start);
      if (opened === "else") this.#refuse(`#${end} behind #else`);
      opened = end;
    }
    this.#skipLineEnd();
    return { type: "if", branches, otherwise };
  }

  #condition(): Branch["condition"] {
    this.#expressions.expect("(");
    const condition = this.#expressions.expression();
    this.#expressions.expect(")");
    return condition;
  }

  #foreach(): TemplateNode {
    const reader = this.#expressions;
    const start = this.#at;
    reader.expect("(");
    reader.expect("$");
    const { name: variable, steps } = reader.reference();
    if (steps.length > 0) this.#refuse("#foreach takes the name of a variable");
    if (!reader.takesWord("in")) this.#refuse("Expected 'in'");
    const list = reader.expression();
    reader.expect(")");
    this.#skipLineEnd();
    const { nodes: body, end } = this.#block();
    if (end !== "end") this.#refuse("#foreach without #end", start);
    this.#skipLineEnd();
    return { type: "foreach", variable, list, body };
  }

  #define(): TemplateNode {
    const reader = this.#expressions;
    const start = this.#at;
    reader.expect("(");
    reader.expect("$");
    const { name: variable, steps } = reader.reference();
    if (steps.length > 0) this.#refuse("#define takes the name of a variable");
    reader.expect(")");
    this.#skipLineEnd();
    const { nodes: body, end } = this.#block();
    if (end !== "end") this.#refuse("#define without #end", start);
    this.#skipLineEnd();
    return { type: "define", variable, body };
  }

  /** *Documented*: Velocity takes the line break behind a directive. */
  #skipLineEnd(): void {
    const blank = /^[ \t]*\r?\n/.exec(this.#text.slice(this.#at, this.#at + 200))?.[0];
    if (blank !== undefined) this.#at += blank.length;
  }
}
