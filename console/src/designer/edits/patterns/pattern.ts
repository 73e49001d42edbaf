import type { Fragment, NewState, QueryLanguage } from "../fragment.ts";

/** A word of the page in a pattern's states: their names, titles of questions. */
export type Words = (id: string) => string;

/**
 * States that are often wanted together, for a palette. Texts are by ids: `designer.patterns` of the page has them. What is
 * empty in a pattern is the author's to fill in, and is told as `toFill`.
 */
export interface Pattern {
  readonly id: string;
  readonly group: "flow" | "actions" | "patterns";
  /** The ids of the words that `build` asks for. */
  readonly words: readonly string[];
  readonly build: (language: QueryLanguage, words: Words) => Fragment;
}

/** What differs between the two languages in a pattern. */
export interface Dialect {
  readonly language: QueryLanguage;
  /** A task of a service with its arguments. JSONata expressions are `{% %}`; for JSONPath they are given as `path`. */
  readonly task: (resource: string, args: NewState) => NewState;
  /** An argument that is an expression, as a member: `"Payload": "{% … %}"` or `"Payload.$": "…"`. */
  readonly dynamic: (name: string, jsonata: string, path: string) => NewState;
  /** A rule that is taken if the value is true. */
  readonly isTrue: (jsonata: string, path: string) => NewState;
  /** The result of a state as a member beside its input. JSONata: a variable; JSONPath: `ResultPath`. */
  readonly keep: (name: string, jsonata: string) => NewState;
}

export function dialectOf(language: QueryLanguage): Dialect {
  const isJsonata = language === "JSONata";
  return {
    language,
    task: (Resource, args) =>
      isJsonata
        ? { Type: "Task", Resource, Arguments: args }
        : { Type: "Task", Resource, Parameters: args },
    dynamic: (name, jsonata, path) =>
      isJsonata ? { [name]: `{% ${jsonata} %}` } : { [`${name}.$`]: path },
    isTrue: (jsonata, path) =>
      isJsonata
        ? { Condition: `{% ${jsonata} = true %}` }
        : {
            And: [
              { Variable: path, IsPresent: true },
              { Variable: path, BooleanEquals: true },
            ],
          },
    keep: (name, jsonata) =>
      isJsonata ? { Assign: { [name]: `{% ${jsonata} %}` } } : { ResultPath: `$.${name}` },
  };
}

/** A local function, a Lambda function or an ARN of one: the author says which. Its answer has what it returns as `Payload`. */
export function invoke(dialect: Dialect, extra: NewState = {}): NewState {
  const payload = dialect.dynamic("Payload", "$states.input", "$");
  return {
    ...dialect.task("arn:aws:states:::lambda:invoke", { FunctionName: "", ...payload }),
    ...extra,
  };
}
