import type {
  CaseExpectation,
  MockedOutcome,
  TestCase,
} from "../../../../../../src/console/view-types.ts";
import type { Starter } from "../starter.ts";

/** A state's fields; JSON, and so anything. */
export type Fields = Readonly<Record<string, unknown>>;

export const all = ["States.ALL"];
export const end = { End: true };

/** As in the examples: what Lambda says of itself is worth another attempt. Documented: ASL, handling of transient Lambda errors. */
export const lambdaRetry = {
  ErrorEquals: [
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
  ],
  IntervalSeconds: 1,
  MaxAttempts: 5,
  BackoffRate: 2,
  JitterStrategy: "FULL",
};

/** A function that every server has, in `examples/starters`: a starter runs as it is. */
export const sampleFunction = (name: string): string => `stepwell-sample-${name}`;

/** Calls one of the functions that every server has. */
export function invoke(name: string, Payload: unknown, more: Fields): Fields {
  const Resource = "arn:aws:states:::lambda:invoke";
  const FunctionName = sampleFunction(name);
  return { Type: "Task", Resource, Arguments: { FunctionName, Payload }, ...more };
}

/** Tells somebody something. */
export function notify(to: string, subject: string, message: string, more: Fields): Fields {
  return invoke("notify", { to, subject, message }, { Retry: [lambdaRetry], ...more });
}

/** What is answered once somebody was told. */
export const told: readonly MockedOutcome[] = [
  { Return: { StatusCode: 200, Payload: { to: "somebody", subject: "something" } } },
];

export function starter<Id extends string>({
  id,
  definition,
  input,
  cases,
}: {
  readonly id: Id;
  readonly definition: Fields;
  readonly input: unknown;
  readonly cases: readonly TestCase[];
}): Starter & { readonly id: Id } {
  return {
    id,
    type: "STANDARD",
    definition: `${JSON.stringify({ QueryLanguage: "JSONata", ...definition }, null, 2)}\n`,
    input: JSON.stringify(input, null, 2),
    cases,
  };
}

export function testCase(
  name: string,
  input: unknown,
  mocks: Readonly<Record<string, readonly MockedOutcome[]>>,
  expectation: CaseExpectation,
): TestCase {
  const responses = Object.entries(mocks).map(
    ([state, outcomes]) => [state, Object.fromEntries(outcomes.entries())] as const,
  );
  return { name, input, mocks: Object.fromEntries(responses), expectation };
}

/** What a function answers through `lambda:invoke`. */
export const answered = (Payload: unknown): MockedOutcome => ({
  Return: { StatusCode: 200, Payload },
});
export const returned = (Return: unknown): MockedOutcome => ({ Return });
export const thrown = (Error: string, Cause: string): MockedOutcome => ({
  Throw: { Error, Cause },
});
