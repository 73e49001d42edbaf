import { createMemoryStore, type CommitFault } from "../../src/store/memory/memory-store.ts";
import { sealed } from "./sealed-stores.ts";
import { storeContract } from "./store-contract.ts";

// What it stands on is held to the contract by itself: one of them is enough to show what the seal leaves of it.
storeContract("sealed memory", {
  open: async () => sealed(createMemoryStore()),
  openPartitioned: async (partitions) => sealed(createMemoryStore({ partitions })),
  async openLosingAnswer(outcome) {
    const faults: CommitFault[] = [`unknown, ${outcome}`];
    return sealed(createMemoryStore({ beforeCommit: () => faults.pop() }));
  },
});
