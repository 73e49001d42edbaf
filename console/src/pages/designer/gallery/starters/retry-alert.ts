import {
  all,
  answered,
  end,
  invoke,
  notify,
  starter,
  testCase,
  thrown,
  told,
} from "./starter-parts.ts";

const input = { orderId: "1001", amount: 49.9, busyFor: 2 };
const declined = thrown("CardDeclined", "The card was declined");
const busy = thrown("PaymentBusy", "The bank does not answer");

/** What may pass by itself is tried again with growing pauses; what does not is told somebody. */
export const retryAlert = starter({
  id: "retryAlert",
  definition: {
    Comment:
      "Charges a card, again where the bank is busy, and alerts somebody if all attempts fail.",
    StartAt: "Charge the card",
    States: {
      "Charge the card": invoke(
        "charge",
        {
          order: "{% $states.input %}",
          attempt: "{% $states.context.State.RetryCount %}",
        },
        {
          TimeoutSeconds: 30,
          Retry: [
            { ErrorEquals: ["CardDeclined"], MaxAttempts: 0 },
            {
              ErrorEquals: all,
              IntervalSeconds: 2,
              MaxAttempts: 5,
              BackoffRate: 2,
              MaxDelaySeconds: 60,
              JitterStrategy: "FULL",
            },
          ],
          Catch: [
            {
              ErrorEquals: all,
              Assign: {
                orderId: "{% $states.input.orderId %}",
                failure: "{% $states.errorOutput %}",
              },
              Next: "Alert",
            },
          ],
          Output: "{% $merge([$states.input, { 'payment': $states.result.Payload }]) %}",
          ...end,
        },
      ),
      Alert: notify(
        "whoever is on call",
        "A payment failed",
        "{% 'Order ' & $orderId & ': ' & $failure.Error %}",
        { Next: "Payment failed" },
      ),
      "Payment failed": {
        Type: "Fail",
        Error: "PaymentFailed",
        Cause: "{% 'Order ' & $orderId & ' was not paid: ' & $failure.Error %}",
      },
    },
  },
  input,
  cases: [
    testCase(
      "PaysAtTheThirdAttempt",
      input,
      { "Charge the card": [busy, busy, answered({ paymentId: "p-1" })] },
      { output: { payment: { paymentId: "p-1" } } },
    ),
    testCase(
      "AlertsWhereTheCardIsDeclined",
      input,
      { "Charge the card": [declined], Alert: told },
      { status: "FAILED", error: "PaymentFailed" },
    ),
    testCase(
      "AlertsAfterSixAttempts",
      input,
      {
        "Charge the card": [busy, busy, busy, busy, busy, busy],
        Alert: told,
      },
      { status: "FAILED", cause: "Order 1001 was not paid: PaymentBusy" },
    ),
  ],
});
