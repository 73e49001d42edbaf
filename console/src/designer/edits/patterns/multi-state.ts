import type { NewValue } from "../../document/new-value.ts";
import type { NewState } from "../fragment.ts";
import { dialectOf, invoke, type Dialect, type Pattern, type Words } from "./pattern.ts";

interface Parts {
  readonly startAt: string;
  readonly states: { readonly [name: string]: NewState };
}

function pattern(
  id: string,
  words: readonly string[],
  parts: (dialect: Dialect, words: Words) => Parts,
): Pattern {
  return {
    id,
    group: "patterns",
    words,
    build: (language, word) => {
      const { startAt, states } = parts(dialectOf(language), word);
      return { QueryLanguage: language, StartAt: startAt, States: states };
    },
  };
}

const all = ["States.ALL"];
const end = { End: true };

/** As in the examples: six attempts over about a minute, drawn over the whole delay. */
const backOff: NewState = {
  ErrorEquals: all,
  IntervalSeconds: 2,
  MaxAttempts: 5,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: "FULL",
};

const scope = (startAt: string, states: { readonly [name: string]: NewValue }): NewState => ({
  StartAt: startAt,
  States: states,
});

/** A Parallel of one branch, which catches what fails anywhere in it, and what is done then. */
const tryCatch = pattern("tryCatch", ["try", "attempt", "recover"], (dialect, word) => ({
  startAt: word("try"),
  states: {
    [word("try")]: {
      Type: "Parallel",
      Branches: [scope(word("attempt"), { [word("attempt")]: invoke(dialect, end) })],
      ...(dialect.language === "JSONata"
        ? { Output: "{% $states.result[0] %}" }
        : { OutputPath: "$[0]" }),
      Catch: [{ ErrorEquals: all, Next: word("recover") }],
      ...end,
    },
    [word("recover")]: { Type: "Pass", ...end },
  },
}));

/** A task that is tried again with growing pauses; what fails after all is told, and the execution fails. */
const retryBackOff = pattern("retryBackOff", ["attempt", "alert", "failed"], (dialect, word) => ({
  startAt: word("attempt"),
  states: {
    [word("attempt")]: invoke(dialect, {
      Retry: [backOff],
      Catch: [
        {
          ErrorEquals: all,
          ...dialect.keep("failure", "$states.errorOutput"),
          Next: word("alert"),
        },
      ],
      ...end,
    }),
    [word("alert")]: {
      ...dialect.task("arn:aws:states:::sns:publish", {
        TopicArn: "",
        ...dialect.dynamic("Message", "$failure", "$.failure"),
      }),
      Next: word("failed"),
    },
    [word("failed")]: { Type: "Fail", Error: "Failed", Cause: word("failed") },
  },
}));

/** Asks for the status of a job, waits while it is not done, and asks again. */
const pollLoop = pattern("pollLoop", ["poll", "isDone", "pause"], (dialect, word) => ({
  startAt: word("poll"),
  states: {
    [word("poll")]: invoke(dialect, {
      ...dialect.keep("job", "$states.result.Payload"),
      // The next round asks with the same input.
      ...(dialect.language === "JSONata"
        ? { Output: "{% $states.input %}" }
        : { ResultSelector: { "done.$": "$.Payload.done" } }),
      Next: word("isDone"),
    }),
    [word("isDone")]: {
      Type: "Choice",
      Choices: [dialect.isTrue("$job.done", "$.job.done")],
      Default: word("pause"),
    },
    [word("pause")]: { Type: "Wait", Seconds: 30, Next: word("poll") },
  },
}));

/**
 * Waits until a person has answered: the console's inbox shows the form. A refusal and a silence of a week have ways of their own.
 * The members of the body are those that `questions/asked-question.ts` reads.
 *
 * *Our choice*: a webhook that calls nobody, since it can be asked and answered on every server as it is. Whoever has a function that
 * tells somebody, or a URL to tell, names it instead.
 */
const askPerson = pattern(
  "askPerson",
  ["ask", "title", "text", "approve", "comment", "isApproved", "approved", "rejected", "timedOut"],
  (dialect, word) => ({
    startAt: word("ask"),
    states: {
      [word("ask")]: {
        ...dialect.task("arn:stepwell:states:::webhook.waitForTaskToken", {
          Body: {
            title: word("title"),
            text: word("text"),
            schema: {
              type: "object",
              required: ["approved"],
              properties: {
                approved: { type: "boolean", title: word("approve") },
                comment: { type: "string", title: word("comment"), maxLength: 1000 },
              },
            },
            ...dialect.dynamic("input", "$states.input", "$"),
          },
        }),
        TimeoutSeconds: 604_800,
        ...dialect.keep("answer", "$states.result"),
        ...(dialect.language === "JSONata" && { Output: "{% $states.input %}" }),
        Catch: [{ ErrorEquals: ["States.Timeout"], Next: word("timedOut") }],
        Next: word("isApproved"),
      },
      [word("isApproved")]: {
        Type: "Choice",
        Choices: [
          { ...dialect.isTrue("$answer.approved", "$.answer.approved"), Next: word("approved") },
        ],
        Default: word("rejected"),
      },
      [word("approved")]: { Type: "Pass", ...end },
      [word("rejected")]: { Type: "Fail", Error: "Rejected", Cause: word("rejected") },
      [word("timedOut")]: { Type: "Fail", Error: "NoAnswer", Cause: word("timedOut") },
    },
  }),
);

/** Runs the same for each item, and goes on with all results. */
const fanOut = pattern("fanOut", ["each", "one", "collect"], (dialect, word) => {
  const isJsonata = dialect.language === "JSONata";
  return {
    startAt: word("each"),
    states: {
      [word("each")]: {
        Type: "Map",
        ...(isJsonata ? { Items: "{% $states.input.items %}" } : { ItemsPath: "$.items" }),
        MaxConcurrency: 10,
        ItemProcessor: {
          ProcessorConfig: { Mode: "INLINE" },
          ...scope(word("one"), { [word("one")]: invoke(dialect, end) }),
        },
        ...(isJsonata
          ? { Assign: { results: "{% $states.result %}" } }
          : { ResultPath: "$.results" }),
        Next: word("collect"),
      },
      [word("collect")]: isJsonata
        ? { Type: "Pass", Output: { results: "{% $results %}" }, ...end }
        : { Type: "Pass", Parameters: { "results.$": "$.results" }, ...end },
    },
  };
});

/** Two steps that belong together: what was done is undone, in the other order, if a later one fails. */
const saga = pattern(
  "saga",
  ["first", "second", "undoSecond", "undoFirst", "undone"],
  (dialect, word) => {
    const keep = dialect.keep("failure", "$states.errorOutput");
    const step = (undo: string, next: NewState): NewState =>
      invoke(dialect, {
        ...passOn(dialect),
        Catch: [{ ErrorEquals: all, ...keep, Next: undo }],
        ...next,
      });
    const undo = (next: string): NewState =>
      invoke(dialect, { ...passOn(dialect), Retry: [backOff], Next: next });
    return {
      startAt: word("first"),
      states: {
        [word("first")]: step(word("undoFirst"), { Next: word("second") }),
        [word("second")]: step(word("undoSecond"), end),
        [word("undoSecond")]: undo(word("undoFirst")),
        [word("undoFirst")]: undo(word("undone")),
        [word("undone")]: { Type: "Fail", Error: "Undone", Cause: word("undone") },
      },
    };
  },
);

/** Each step gets what the first one got. */
function passOn({ language }: Dialect): NewState {
  return language === "JSONata" ? { Output: "{% $states.input %}" } : { ResultPath: null };
}

export const multiStatePatterns: readonly Pattern[] = [
  tryCatch,
  retryBackOff,
  pollLoop,
  askPerson,
  fanOut,
  saga,
];
