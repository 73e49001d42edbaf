import {
  end,
  lambdaRetry,
  notify,
  returned,
  sampleFunction,
  starter,
  testCase,
  thrown,
  told,
} from "./starter-parts.ts";

const input = { expenseId: "E-17", by: "Ada", amount: 840, purpose: "Train to the conference" };

/** A person decides in the console's inbox, or through the link that the function sends; a silence has a way of its own. */
export const askPerson = starter({
  id: "askPerson",
  definition: {
    Comment: "An expense waits until a person has approved or refused it, three days at most.",
    StartAt: "Ask for approval",
    States: {
      "Ask for approval": {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
        Arguments: {
          FunctionName: sampleFunction("ask"),
          Payload: {
            title:
              "{% 'Approve ' & $formatNumber($states.input.amount, '#,##0.00') & ' for ' & $states.input.by & '?' %}",
            text: "{% $states.input.purpose %}",
            schema: {
              type: "object",
              required: ["approved"],
              properties: {
                approved: { type: "boolean", title: "The expense may be paid" },
                comment: { type: "string", title: "Comment", maxLength: 1000 },
              },
            },
            expense: "{% $states.input %}",
            taskToken: "{% $states.context.Task.Token %}",
          },
        },
        TimeoutSeconds: 259_200,
        Assign: { expense: "{% $states.input %}", answer: "{% $states.result %}" },
        Retry: [lambdaRetry],
        Catch: [
          {
            ErrorEquals: ["States.Timeout"],
            Assign: { expense: "{% $states.input %}" },
            Next: "Remind the manager",
          },
        ],
        Next: "Approved?",
      },
      "Approved?": {
        Type: "Choice",
        Choices: [{ Condition: "{% $answer.approved = true %}", Next: "Pay out" }],
        Default: "Refused",
      },
      "Pay out": {
        Type: "Pass",
        Output: {
          expenseId: "{% $expense.expenseId %}",
          status: "PAID",
          comment: "{% $exists($answer.comment) ? $answer.comment : '' %}",
        },
        ...end,
      },
      Refused: {
        Type: "Succeed",
        Output: { expenseId: "{% $expense.expenseId %}", status: "REFUSED" },
      },
      "Remind the manager": notify(
        "the managers",
        "An expense waits",
        "{% $expense.by & ' waits for an answer to ' & $expense.expenseId %}",
        { Next: "Nobody answered" },
      ),
      "Nobody answered": {
        Type: "Fail",
        Error: "NoAnswer",
        Cause: "{% 'Nobody has answered ' & $expense.expenseId & ' within three days' %}",
      },
    },
  },
  input,
  cases: [
    testCase(
      "IsApproved",
      input,
      { "Ask for approval": [returned({ approved: true, comment: "Have a good time" })] },
      { output: { status: "PAID", comment: "Have a good time" } },
    ),
    testCase(
      "IsRefused",
      input,
      { "Ask for approval": [returned({ approved: false })] },
      { output: { status: "REFUSED" } },
    ),
    testCase(
      "NobodyAnswers",
      input,
      {
        "Ask for approval": [thrown("States.Timeout", "Three days are over")],
        "Remind the manager": told,
      },
      { status: "FAILED", error: "NoAnswer" },
    ),
  ],
});
