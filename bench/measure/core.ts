// Transitions of the core without IO: decides executions of ten Pass states and packs their journals, as they would be
// stored. A process of its own, so that nothing else is compiled or collected meanwhile; prints transitions per second.
import type * as parseDefinitionModule from "../../src/asl/parse-definition.ts";
import type * as decideModule from "../../src/machine/decide.ts";
import type * as journalCodecModule from "../../src/machine/journal/journal-codec.ts";
import type * as limitsModule from "../../src/machine/limits.ts";
import type * as snapshotModule from "../../src/machine/snapshot.ts";
import type * as payloadModule from "../../src/expression/payload.ts";
import type { Activation } from "../../src/machine/activation.ts";
import type { Machine } from "../../src/machine/machine.ts";
import { compiled } from "../stepwell/compiled.ts";
import { arnPrefix, roleArn, tenPasses } from "../stepwell/definitions.ts";

const { parseDefinition } = await compiled<typeof parseDefinitionModule>("asl/parse-definition");
const { decide } = await compiled<typeof decideModule>("machine/decide");
const { encodeEvents } = await compiled<typeof journalCodecModule>("machine/journal/journal-codec");
const { awsLimits } = await compiled<typeof limitsModule>("machine/limits");
const { newSnapshot } = await compiled<typeof snapshotModule>("machine/snapshot");
const { Payload } = await compiled<typeof payloadModule>("expression/payload");

const { definition } = parseDefinition(JSON.stringify(tenPasses));
if (definition === undefined) throw new Error("the definition is not valid");
const machine: Machine = {
  definition,
  type: "STANDARD",
  limits: awsLimits,
  identity: {
    executionArn: `${arnPrefix}:execution:ten-passes:run`,
    name: "run",
    stateMachineArn: `${arnPrefix}:stateMachine:ten-passes`,
    stateMachineName: "ten-passes",
    roleArn,
    region: "us-east-1",
  },
  environment: {
    taskToken: () => "token",
    activityExists: () => true,
    refuseParameters: () => undefined,
  },
};

let bytes = 0;
function execution(): void {
  const snapshot = newSnapshot();
  const input = Payload.ofText('{"order":1}');
  const activation: Activation = { type: "ExecutionStarted", input, at: Date.now(), seed: 1 };
  const { events } = decide(machine, snapshot, activation);
  bytes += encodeEvents(events).length;
  if (snapshot.status !== "SUCCEEDED") throw new Error(`ended as ${snapshot.status}`);
}

function transitionsPerSecond(ms: number): number {
  const began = performance.now();
  let executions = 0;
  while (performance.now() - began < ms) {
    for (let round = 0; round < 100; round++) execution();
    executions += 100;
  }
  return (executions * 10_000) / (performance.now() - began);
}

transitionsPerSecond(1_000);
const rates = Array.from({ length: 5 }, () => transitionsPerSecond(500)).sort((a, b) => a - b);
if (bytes === 0) throw new Error("nothing was packed");
console.log(rates[2]);
