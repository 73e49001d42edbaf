import { get } from "node:http";
import type { StepwellProcess } from "../stepwell/stepwell-process.ts";
import { askedMs, type BesideFigures, measureBeside } from "./beside.ts";

/** How many workflows have figures of their own. */
const workflows = 100;
/** *Our choice*: how often Prometheus asks where nobody says it otherwise. */
const usualEveryMs = 15_000;

/** W1 with and without somebody who reads `/metrics` in each slice; `usualLoss` is the part of the loss that one has who reads every 15 seconds. */
export interface ScrapeFigures extends BesideFigures {
  readonly usualLoss: number;
}

export async function measureScrapes(
  seconds: number,
  progress: (text: string) => void,
): Promise<ScrapeFigures> {
  const figures = await measureBeside(seconds, progress, {
    what: "scrapes of Prometheus",
    server: { telemetry: true },
    prepare: manyWorkflows,
    ask: scrape,
  });
  return { ...figures, usualLoss: (figures.loss * askedMs) / usualEveryMs };
}

async function manyWorkflows(server: StepwellProcess): Promise<void> {
  const definition = { StartAt: "Pass", States: { Pass: { Type: "Pass", End: true } } };
  for (let index = 0; index < workflows; index++) {
    const stateMachineArn = await server.create(`workflow-${index}`, definition);
    await server.call("StartExecution", { stateMachineArn });
  }
}

function scrape({ port }: StepwellProcess): () => void {
  const request = get(`http://127.0.0.1:${port}/metrics`, (response) => response.resume());
  request.on("error", () => {});
  return () => request.destroy();
}
