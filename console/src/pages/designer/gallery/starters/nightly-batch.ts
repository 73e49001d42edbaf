import {
  all,
  answered,
  invoke,
  lambdaRetry,
  publish,
  returned,
  starter,
  testCase,
  thrown,
} from "./starter-parts.ts";

const input = { bucket: "invoices", prefix: "2026-01-01/" };
const invoices = [{ Key: "2026-01-01/a.json" }, { Key: "2026-01-01/b.json" }];
const read = [returned(invoices)];
const told = [returned({ MessageId: "m-1" })];

/** Every object of a folder in an execution of its own, a few failures borne, and a message in the morning. */
export const nightlyBatch = starter({
  id: "nightlyBatch",
  definition: {
    Comment:
      "Books each invoice of a night: one execution for a hundred of them. Up to five in a hundred may fail.",
    StartAt: "Each invoice",
    States: {
      "Each invoice": {
        Type: "Map",
        ItemReader: {
          Resource: "arn:aws:states:::s3:listObjectsV2",
          Arguments: {
            Bucket: "{% $states.input.bucket %}",
            Prefix: "{% $states.input.prefix %}",
          },
        },
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
      "Tell the bookkeepers": publish(
        "arn:aws:sns:us-east-1:000000000000:bookkeeping",
        "The invoices of the night",
        "{% $string($booked) & ' invoices are booked' %}",
        { Output: { booked: "{% $booked %}" }, End: true },
      ),
      "Wake somebody up": publish(
        "arn:aws:sns:us-east-1:000000000000:on-call",
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
        "Each invoice": read,
        "Book them": [answered({ booked: 2 })],
        "Tell the bookkeepers": told,
      },
      { output: { booked: 2 } },
    ),
    testCase(
      "WakesSomebodyUp",
      input,
      {
        "Each invoice": read,
        "Book them": [thrown("LedgerClosed", "The ledger is closed")],
        "Wake somebody up": told,
      },
      { status: "FAILED", error: "BatchFailed" },
    ),
  ],
});
