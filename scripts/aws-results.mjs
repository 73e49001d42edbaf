// Writes data/aws-results.bin: what the operations of AWS's APIs answer, for the check of mocked results.
// The models come from botocore (Apache-2.0), which has them as JSON. They are those of November 2025: Step Functions was
// recorded checking mocked results against them, and later ones allow more (Lambda's MemorySize).
//
//   pip install --target FOLDER botocore==1.41.5
//   node scripts/aws-results.mjs FOLDER/botocore/data
import { awsModels, writeModels } from "./aws-models.mjs";

/** Services with integrations of their own, and those that tasks call most: all of them would be six times as much. */
const covered = new Set(
  (
    "athena batch bedrock bedrockruntime cloudwatch cloudwatchlogs codebuild comprehend databrew dynamodb ecs eks emr " +
    "emrcontainers emrserverless eventbridge firehose glue kinesis kms lambda mediaconvert polly rdsdata redshiftdata " +
    "rekognition s3 sagemaker secretsmanager ses sesv2 sfn sns sqs ssm sts textract transcribe translate"
  ).split(" "),
);

/** What each operation answers, and every shape that this reaches, without the parts that no check needs. */
function resultsOf({ operations, shapes }) {
  const kept = {};
  const keep = (name) => {
    if (kept[name] !== undefined) return name;
    const {
      type,
      members,
      required,
      member,
      value,
      min,
      max,
      enum: values,
      document,
    } = shapes[name];
    const shape = (kept[name] = { type: document ? "document" : type });
    if (members !== undefined && !document) {
      shape.members = {};
      for (const [key, { shape: inner }] of Object.entries(members))
        shape.members[key] = keep(inner);
      if (required?.length > 0) shape.required = required;
    }
    if (member !== undefined) shape.member = keep(member.shape);
    if (value !== undefined) shape.value = keep(value.shape);
    if (type !== "list" && type !== "map") Object.assign(shape, { min, max, enum: values });
    return name;
  };
  const results = {};
  for (const [name, { output }] of Object.entries(operations)) {
    results[name] = output === undefined ? null : keep(output.shape);
  }
  return { operations: results, shapes: kept };
}

const documents = [...awsModels()]
  .filter(([service]) => covered.has(service))
  .map(([service, model]) => [service, resultsOf(model)]);
writeModels("aws-results.bin", documents);
