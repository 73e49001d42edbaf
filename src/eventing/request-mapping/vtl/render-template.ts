import type { MappedRequest } from "../mapped-request.ts";
import { callMethod, itemOf, memberOf } from "./methods.ts";
import type { MappingTemplate } from "./parse-template.ts";
import type { BinaryOperator, Expression, Reference, TemplateNode } from "./syntax.ts";
import { templateVariables } from "./template-variables.ts";
import {
  isEqual,
  isNumeric,
  isTrue,
  longestText,
  TemplateFailure,
  toText,
  VtlObject,
  type VtlValue,
} from "./values.ts";

/** What comes of a template. */
export interface RenderedTemplate {
  readonly text: string;
  /** What it set in `$context.requestOverride`. */
  readonly requestOverride: {
    readonly [place in "header" | "path" | "querystring"]: { readonly [name: string]: string };
  };
  /** What it set in `$context.responseOverride`. */
  readonly responseOverride: {
    readonly status: number | undefined;
    readonly headers: { readonly [name: string]: string };
  };
}

/** *Documented*: API Gateway, quotas: iterations of a `#foreach`. */
const mostIterations = 1000;
/** Our choice: blocks that show each other end, and so do loops in loops. */
const deepestBlocks = 20;

const mostSteps = 200_000;

/** Renders a template for a request. Throws a {@link TemplateFailure}. */
export function renderMappingTemplate(
  template: MappingTemplate,
  request: MappedRequest,
): RenderedTemplate {
  const variables = templateVariables(request);
  const text = new Renderer(variables).render(template.nodes);
  const context = variables.get("context");
  const asked = memberOf(context, "requestOverride");
  const answered = memberOf(context, "responseOverride");
  const status = Number(toText(memberOf(answered, "status")));
  return {
    text,
    requestOverride: {
      header: textsIn(memberOf(asked, "header")),
      path: textsIn(memberOf(asked, "path")),
      querystring: textsIn(memberOf(asked, "querystring")),
    },
    responseOverride: {
      status: status >= 200 && status <= 599 ? status : undefined,
      headers: textsIn(memberOf(answered, "header")),
    },
  };
}

function textsIn(values: VtlValue): { readonly [name: string]: string } {
  return Object.fromEntries(
    values instanceof Map ? [...values].map(([name, value]) => [name, toText(value)]) : [],
  );
}

class Renderer {
  readonly #variables: Map<string, VtlValue>;
  /** Of `#define`: they are rendered where they are shown, with what the variables are then. */
  readonly #blocks = new Map<string, readonly TemplateNode[]>();
  #depth = 0;
  #steps = 0;
  #written = 0;

  constructor(variables: Map<string, VtlValue>) {
    this.#variables = variables;
  }

  render(nodes: readonly TemplateNode[]): string {
    let output = "";
    for (const node of nodes) {
      this.#step();
      output += this.#renderNode(node);
    }
    return output;
  }

  #step(): void {
    if (++this.#steps > mostSteps) throw new TemplateFailure("The template takes too many steps");
  }

  #renderNode(node: TemplateNode): string {
    switch (node.type) {
      case "text":
        return this.#write(node.text);
      case "output":
        return this.#write(this.#shown(node));
      case "set":
        this.#set(node.target, this.#evaluate(node.value));
        return "";
      case "if": {
        const branch = node.branches.find(({ condition }) => isTrue(this.#evaluate(condition)));
        return this.render(branch?.body ?? node.otherwise);
      }
      case "foreach":
        return this.#foreach(node);
      case "define":
        this.#blocks.set(node.variable, node.body);
        return "";
    }
  }

  #write(text: string): string {
    this.#written += text.length;
    if (this.#written > longestText) throw new TemplateFailure("The output is too long");
    return text;
  }

  /** *Documented*: Velocity: a variable that was never set stands as it is written, unless it is quiet. */
  #shown({ reference, source, isQuiet }: TemplateNode & { readonly type: "output" }): string {
    const block = this.#blocks.get(reference.name);
    if (block !== undefined && reference.steps.length === 0) return this.#block(block);
    const isSet = this.#variables.has(reference.name);
    return isSet || isQuiet ? toText(this.#follow(reference)) : source;
  }

  #block(nodes: readonly TemplateNode[]): string {
    if (++this.#depth > deepestBlocks) throw new TemplateFailure("Blocks show each other");
    const text = this.render(nodes);
    this.#depth--;
    return text;
  }

  #foreach({ variable, list, body }: TemplateNode & { readonly type: "foreach" }): string {
    const items = itemsOf(this.#evaluate(list));
    if (items.length > mostIterations) {
      throw new TemplateFailure(`#foreach goes through at most ${mostIterations} items`);
    }
    const before = [variable, "foreach", "velocityCount"].map(
      (name) => [name, this.#variables.get(name), this.#variables.has(name)] as const,
    );
    let output = "";
    for (const [index, item] of items.entries()) {
      this.#variables.set(variable, item);
      this.#variables.set("foreach", progress(index, items.length));
      this.#variables.set("velocityCount", index + 1);
      output += this.render(body);
    }
    for (const [name, value, wasSet] of before) {
      if (wasSet) this.#variables.set(name, value);
      else this.#variables.delete(name);
    }
    return output;
  }

  #set({ name, steps }: Reference, value: VtlValue): void {
    const last = steps.at(-1);
    if (last === undefined) {
      if (fixed.has(name)) throw new TemplateFailure(`$${name} cannot be set`);
      this.#blocks.delete(name);
      this.#variables.set(name, value);
      return;
    }
    const holder = this.#follow({ name, steps: steps.slice(0, -1) });
    if (holder instanceof Map && last.type !== "call") {
      holder.set(last.type === "member" ? last.name : toText(this.#evaluate(last.index)), value);
    } else if (Array.isArray(holder) && last.type === "index") {
      const index = Number(toText(this.#evaluate(last.index)));
      if (!(index >= 0 && index < holder.length)) {
        throw new TemplateFailure("#set names an item that there is not");
      }
      holder[index] = value;
    } else throw new TemplateFailure("#set names a member of what has none");
  }

  #follow({ name, steps }: Reference): VtlValue {
    let value = this.#variables.get(name);
    for (const step of steps) {
      this.#step();
      if (step.type === "member") value = memberOf(value, step.name);
      else if (step.type === "index") value = itemOf(value, this.#evaluate(step.index));
      else {
        const given = step.arguments.map((each) => this.#evaluate(each));
        value = this.#bounded(callMethod(value, step.name, given));
      }
    }
    return value;
  }

  /** Texts that grow by being added to themselves are bounded like the output. */
  #bounded(value: VtlValue): VtlValue {
    if (typeof value === "string" && value.length > longestText) {
      throw new TemplateFailure("A text is too long");
    }
    return value;
  }

  #evaluate(expression: Expression): VtlValue {
    this.#step();
    switch (expression.type) {
      case "literal":
        return expression.value;
      case "template":
        return this.#bounded(this.render(expression.nodes));
      case "reference":
        return this.#follow(expression.reference);
      case "list":
        return expression.items.map((item) => this.#evaluate(item));
      case "map":
        return new Map(
          expression.entries.map(([name, value]) => [
            toText(this.#evaluate(name)),
            this.#evaluate(value),
          ]),
        );
      case "range":
        return range(this.#evaluate(expression.first), this.#evaluate(expression.last));
      case "not":
        return !isTrue(this.#evaluate(expression.operand));
      case "binary":
        return this.#binary(expression);
    }
  }

  #binary({ operator, left, right }: Expression & { readonly type: "binary" }): VtlValue {
    const first = this.#evaluate(left);
    if (operator === "&&") return isTrue(first) && isTrue(this.#evaluate(right));
    if (operator === "||") return isTrue(first) || isTrue(this.#evaluate(right));
    return this.#bounded(compute(operator, first, this.#evaluate(right)));
  }
}

/** What a template begins with stays what it is. */
const fixed: ReadonlySet<string> = new Set(["input", "util", "context", "stageVariables"]);

/** Nothing comes of computing with what is no number, but that `+` joins texts. */
function compute(
  operator: Exclude<BinaryOperator, "&&" | "||">,
  left: VtlValue,
  right: VtlValue,
): VtlValue {
  if (operator === "==") return isEqual(left, right);
  if (operator === "!=") return !isEqual(left, right);
  if (!isNumeric(left) || !isNumeric(right)) {
    const hasText = typeof left === "string" || typeof right === "string";
    return operator === "+" && hasText ? toText(left) + toText(right) : undefined;
  }
  return computeNumbers(operator, Number(left), Number(right));
}

function computeNumbers(
  operator: Exclude<BinaryOperator, "&&" | "||" | "==" | "!=">,
  left: number,
  right: number,
): VtlValue {
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      // As in Java: integers stay integers.
      if (right === 0) return undefined;
      return Number.isInteger(left) && Number.isInteger(right)
        ? Math.trunc(left / right)
        : left / right;
    case "%":
      return right === 0 ? undefined : left % right;
  }
}

function range(first: VtlValue, last: VtlValue): VtlValue {
  if (!isNumeric(first) || !isNumeric(last)) return [];
  const [from, to] = [Number(first), Number(last)];
  const length = Math.abs(to - from) + 1;
  if (!(length <= mostIterations)) {
    throw new TemplateFailure(`A range has at most ${mostIterations} items`);
  }
  return Array.from({ length }, (_, index) => from + (to < from ? -index : index));
}

/** *Documented*: Velocity: a map is gone through by its values. */
function itemsOf(value: VtlValue): readonly VtlValue[] {
  if (Array.isArray(value)) return value;
  return value instanceof Map ? [...value.values()] : [];
}

function progress(index: number, count: number): VtlObject {
  return new VtlObject(
    {
      index,
      count: index + 1,
      hasNext: index + 1 < count,
      first: index === 0,
      last: index + 1 === count,
    },
    { hasNext: () => index + 1 < count },
  );
}
