import definition from "../../../../../../examples/order-processing/definition.asl.json?raw";
import declined from "../../../../../../examples/order-processing/declined-order.json?raw";
import input from "../../../../../../examples/order-processing/input.json?raw";
import large from "../../../../../../examples/order-processing/large-order.json?raw";
import mockFile from "../../../../../../examples/order-processing/order-processing.mock.json?raw";
import type {
  CaseExpectation,
  MockedResponse,
  TestCase,
} from "../../../../../../src/console/view-types.ts";
import type { Starter } from "../starter.ts";
import { answered } from "./starter-parts.ts";

/** The members of the example's mock file, which the server's own tests read, too. */
interface ExampleMocks {
  readonly StateMachines: Readonly<
    Record<
      string,
      { readonly TestCases: Readonly<Record<string, Readonly<Record<string, string>>>> }
    >
  >;
  readonly MockedResponses: Readonly<Record<string, MockedResponse>>;
  readonly Inputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly Expectations: Readonly<Record<string, Readonly<Record<string, CaseExpectation>>>>;
}

interface Order {
  readonly items: readonly { readonly quantity: number; readonly price: number }[];
}

const name = "order-processing";
const inputs: Readonly<Record<string, string>> = {
  "@input.json": input,
  "@large-order.json": large,
  "@declined-order.json": declined,
};

/** The largest of the examples, as it is deployed by `stepwell start --examples`, with its mock file. */
export const orderExample = {
  id: "orderProcessing",
  type: "STANDARD",
  definition,
  input,
  cases: casesOf(JSON.parse(mockFile) as ExampleMocks),
} as const satisfies Starter;

function casesOf(file: ExampleMocks): readonly TestCase[] {
  return Object.entries(file.StateMachines[name]?.TestCases ?? {}).map(([caseName, states]) => {
    const expectation = file.Expectations[name]?.[caseName];
    const mocks = Object.entries(states).map(
      ([state, response]) => [state, file.MockedResponses[response] ?? {}] as const,
    );
    const order = JSON.parse(inputs[file.Inputs[name]?.[caseName] ?? ""] ?? "{}") as Order;
    return {
      name: caseName,
      input: order,
      mocks: { "Receive order": { "0": received(order) }, ...Object.fromEntries(mocks) },
      ...(expectation && { expectation }),
    };
  });
}

/** The mock file leaves this to the example's function, which is not called here. */
function received(order: Order) {
  const total = order.items.reduce((sum, { quantity, price }) => sum + quantity * price, 0);
  return answered({ ...order, total });
}
