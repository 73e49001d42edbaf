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
    clients: 2,
    pauseMs: 200,
    pulses: 12,
    log: () => undefined,
  });
  if (typeof result === "string") skip(result);
  else {
    expect(result.violations, `evidence in ${result.folder}`).toEqual([]);
    expect(result.starts).toBeGreaterThan(10);
    // How long what the killed node had took to go on is measured by the soak: here it may have had nothing.
    expect([...result.suffered.keys()]).toEqual(["kill"]);
  }
}, 180_000);
