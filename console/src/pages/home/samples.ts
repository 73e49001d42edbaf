/** Inputs of the examples that come with Stepwell: those of `examples/<name>/input.json`. */
export const sampleInputs = {
  "hello-world": { name: "World" },
  "order-processing": {
    orderId: "1001",
    customer: "ada@example.com",
    card: "4242424242424242",
    items: [
      { sku: "lamp", quantity: 2, price: 40 },
      { sku: "bulb", quantity: 4, price: 5 },
    ],
    packingSeconds: 2,
  },
  "data-pipeline": {
    currency: "EUR",
    sales: [
      { id: "s1", country: "de", amount: 120 },
      { id: "s2", country: "US ", amount: "200", currency: "USD" },
      { id: "s3", country: "gb", amount: "50,5", currency: "GBP" },
      { id: "s4", country: "DE", amount: 0 },
      { id: "s5", country: "de", amount: "19.99" },
      { id: "s6", country: "us", amount: 10, currency: "USD" },
    ],
  },
  "job-poller": { jobName: "nightly-report", durationSeconds: 5, waitSeconds: 2 },
  choice: { foo: 1 },
} as const satisfies Readonly<Record<string, object>>;

export type SampleName = keyof typeof sampleInputs;

/** The order in which they are offered. */
export const sampleNames = Object.keys(sampleInputs) as readonly SampleName[];

export function isSample(name: string): name is SampleName {
  return Object.hasOwn(sampleInputs, name);
}

/** JSON text to begin with. */
export function sampleInput(name: string): string {
  return JSON.stringify(isSample(name) ? sampleInputs[name] : {}, null, 2);
}
