import type { MapRunIo } from "../src/ports/map-run-io.ts";

/** Data sets are in the executions' own input here, and so are results. */
export const simulatedMapRunIo: MapRunIo = () => ({
  reader: {
    open() {
      throw new Error("nothing of a simulation reads items from elsewhere");
    },
  },
  writer: {
    async open() {
      const outputs: string[] = [];
      return {
        async write({ output }) {
          outputs.push(output ?? "null");
        },
        async finish() {
          return { type: "output", text: `[${outputs.join(",")}]` };
        },
        async abort() {},
      };
    },
  },
});
