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

/** Calls a function. Those of the examples have names that are used here, too: then a real start has somebody to call. */
export function invoke(FunctionName: string, Payload: unknown, more: Fields): Fields {
  const Resource = "arn:aws:states:::lambda:invoke";
  return { Type: "Task", Resource, Arguments: { FunctionName, Payload }, ...more };
}

/** Tells a topic. */
export function publish(TopicArn: string, Subject: string, Message: unknown, more: Fields): Fields {
  const Resource = "arn:aws:states:::sns:publish";
  return { Type: "Task", Resource, Arguments: { TopicArn, Subject, Message }, ...more };
}

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
