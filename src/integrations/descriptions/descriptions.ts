import type { ServiceDescription } from "../described/description.ts";
import { athena } from "./athena.ts";
import { batch } from "./batch.ts";
import { bedrock } from "./bedrock.ts";
import { codebuild } from "./codebuild.ts";
import { databrew } from "./databrew.ts";
import { dynamodb } from "./dynamodb.ts";
import { ecs } from "./ecs.ts";
import { eks } from "./eks.ts";
import { elasticmapreduce } from "./elasticmapreduce.ts";
import { emrContainers } from "./emr-containers.ts";
import { emrServerless } from "./emr-serverless.ts";
import { events } from "./events.ts";
import { glue } from "./glue.ts";
import { mediaconvert } from "./mediaconvert.ts";
import { sagemaker } from "./sagemaker.ts";
import { sns } from "./sns.ts";
import { sqs } from "./sqs.ts";
import { states } from "./states.ts";

/** Every service with an optimized integration that is described; Lambda's, which runs functions itself, is not. */
export const descriptions: readonly ServiceDescription[] = [
  athena,
  batch,
  bedrock,
  codebuild,
  databrew,
  dynamodb,
  ecs,
  eks,
  elasticmapreduce,
  emrContainers,
  emrServerless,
  events,
  glue,
  mediaconvert,
  sagemaker,
  sns,
  sqs,
  states,
];
