import type { ServiceDescription } from "../described/description.ts";
import { athena } from "./athena.ts";
import { dynamodb } from "./dynamodb.ts";
import { events } from "./events.ts";
import { sns } from "./sns.ts";
import { sqs } from "./sqs.ts";
import { states } from "./states.ts";

/** Every service with an optimized integration that is described; Lambda's, which runs functions itself, is not. */
export const descriptions: readonly ServiceDescription[] = [
  athena,
  dynamodb,
  events,
  sns,
  sqs,
  states,
];
