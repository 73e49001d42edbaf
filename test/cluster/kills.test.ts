import { expect, test } from "vitest";
import { runClusterSoak } from "../soak/cluster/run-cluster-soak.ts";

// `npm run soak -- --cluster` has the other faults: pauses, kills of the database, connections that hang, renewals.
test("nothing accepted is lost or done twice when a node is killed", async ({ skip }) => {
  const result = await runClusterSoak({
    faults: ["kill"],
    minutes: 0,
    seed: 20_260_110,
    leaseSeconds: 2,
    partitions: 32,
    clients: 4,
    pauseMs: 200,
    pulses: 8,
    log: () => undefined,
  });
  if (typeof result === "string") skip(result);
  else {
    expect(result.violations, `evidence in ${result.folder}`).toEqual([]);
    expect(result.starts).toBeGreaterThan(10);
    expect(result.suffered.get("kill")?.times.length).toBeGreaterThan(0);
  }
}, 180_000);
