// Writes data/aws-results.bin: what the operations of AWS's APIs answer, for the check of mocked results.
// The models come from botocore (Apache-2.0), which has them as JSON. They are those of November 2025: Step Functions was
// recorded checking mocked results against them, and later ones allow more (Lambda's MemorySize).
//
//   pip install --target FOLDER botocore==1.41.5
//   node scripts/aws-results.mjs FOLDER/botocore/data
//
// The file: the length of the index (4 bytes, big-endian), the index ({service: [offset, length]} as JSON, offsets
// counted from its end), and for each service a document as JSON in Brotli.
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gunzipSync } from "node:zlib";

const source = process.argv[2];
if (source === undefined || !existsSync(source)) {
  console.error("Give the folder of botocore's data.");
  process.exit(1);
}

/** Services with integrations of their own, and those that tasks call most: all of them would be six times as much. */
const covered = new Set(
  (
    "athena batch bedrock bedrockruntime cloudwatch cloudwatchlogs codebuild comprehend databrew dynamodb ecs eks emr " +
    "emrcontainers emrserverless eventbridge firehose glue kinesis kms lambda mediaconvert polly rdsdata redshiftdata " +
    "rekognition s3 sagemaker secretsmanager ses sesv2 sfn sns sqs ssm sts textract transcribe translate"
  ).split(" "),
);

/** The newest model of a service. */
function modelOf(service) {
  const versions = readdirSync(join(source, service), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(source, service, name, "service-2.json.gz"))
    .filter(existsSync)
    .sort();
  return versions.length === 0 ? undefined : JSON.parse(gunzipSync(readFileSync(versions.at(-1))));
}

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

const index = {};
const parts = [];
let offset = 0;
for (const service of readdirSync(source).sort()) {
  if (!existsSync(join(source, service, "."))) continue;
  let model;
  try {
    model = modelOf(service);
  } catch (error) {
    if (error.code === "ENOTDIR") continue;
    throw error;
  }
  if (model === undefined) continue;
  // As the resource ARNs of SDK integrations name services.
  const name = model.metadata.serviceId.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  if (!covered.has(name)) continue;
  const text = JSON.stringify(resultsOf(model));
  const part = brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_LGWIN]: 22 } });
  index[name] = [offset, part.length];
  parts.push(part);
  offset += part.length;
}
const header = Buffer.from(JSON.stringify(index));
const length = Buffer.alloc(4);
length.writeUInt32BE(header.length);
const file = join(import.meta.dirname, "..", "data", "aws-results.bin");
writeFileSync(file, Buffer.concat([length, header, ...parts]));
console.log(`${parts.length} services, ${offset} bytes`);
