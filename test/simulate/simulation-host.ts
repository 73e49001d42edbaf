import { createStepwell } from "../../src/server/stepwell-server.ts";
import type { SimulationHost } from "../../src/simulate/simulation/simulate.ts";
import type { TaskHandlers } from "../../src/integrations/task-handlers.ts";

/** Nothing may be called: the test fails if something is. */
export const nothingOutside: Pick<TaskHandlers, "find"> = {
  find(resource) {
    throw new Error(`${resource.arn} is called`);
  },
};

/** Engines as a server makes them for simulations. */
export function simulationHost(outside = nothingOutside): SimulationHost {
  const quiet = { debug() {}, info() {}, warn() {} };
  return {
    open: (parts) =>
      createStepwell({
        ...parts,
        logger: {
          ...quiet,
          error(message, fields) {
            throw new Error(`${message} ${JSON.stringify(fields)}`);
          },
        },
        cloudWatch: { to: async () => undefined, close() {} },
      }),
    outside,
    region: "eu-west-1",
    accountId: "123456789012",
  };
}
