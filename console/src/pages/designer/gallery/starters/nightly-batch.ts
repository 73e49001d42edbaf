import {
  all,
  answered,
  invoke,
  lambdaRetry,
  notify,
  starter,
  testCase,
  thrown,
  told,
} from "./starter-parts.ts";

const input = { night: "2026-01-01", count: 250 };
const listed = [answered(["2026-01-01/a.json", "2026-01-01/b.json"])];

/** What has gathered in a day in executions of their own, a few failures borne, and a message in the morning. */
export const nightlyBatch = starter({
  id: "nightlyBatch",
  definition: {
    Comment:
      "Books each invoice of a night: one execution for a hundred of them. Up to five in a hundred may fail.",
    StartAt: "List the invoices",
    States: {
      "List the invoices": invoke("list-invoices", "{% $states.input %}", {
        Retry: [lambdaRetry],
        Output: "{% $states.result.Payload %}",
        Next: "Each invoice",
      }),
      "Each invoice": {
        Type: "Map",
        ItemBatcher: { MaxItemsPerBatch: 100 },
        MaxConcurrency: 50,
        ToleratedFailurePercentage: 5,
        Label: "Invoices",
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          StartAt: "Book them",
          States: {
            "Book them": invoke("book-invoices", "{% $states.input.Items %}", {
              Retry: [lambdaRetry],
              Output: "{% $states.result.Payload %}",
              End: true,
            }),
          },
        },
        Assign: { booked: "{% $sum($states.result.booked) %}" },
        Catch: [
          {
            ErrorEquals: all,
            Assign: { failure: "{% $states.errorOutput %}" },
            Next: "Wake somebody up",
          },
        ],
        Next: "Tell the bookkeepers",
      },
      "Tell the bookkeepers": notify(
        "the bookkeepers",
        "The invoices of the night",
        "{% $string($booked) & ' invoices are booked' %}",
        { Output: { booked: "{% $booked %}" }, End: true },
      ),
      "Wake somebody up": notify(
        "whoever is on call",
        "The nightly batch failed",
        "{% $failure.Error & ': ' & $failure.Cause %}",
        { Next: "Batch failed" },
      ),
      "Batch failed": { Type: "Fail", Error: "BatchFailed", Cause: "{% $failure.Cause %}" },
    },
  },
  input,
  cases: [
    testCase(
      "BooksAll",
      input,
      {
        "List the invoices": listed,
        "Book them": [answered({ booked: 2 })],
        "Tell the bookkeepers": told,
      },
      { output: { booked: 2 } },
    ),
    testCase(
      "WakesSomebodyUp",
      input,
      {
        "List the invoices": listed,
        "Book them": [thrown("LedgerClosed", "The ledger is closed")],
        "Wake somebody up": told,
      },
      { status: "FAILED", error: "BatchFailed" },
    ),
  ],
});
