import { iamOperations } from "../../src/iam/operations/iam-service.ts";
import type { ServiceApi } from "../../src/ports/service-api.ts";

/** `docs/aws-endpoint.md`, from the tables of the services that are there. */
export function awsEndpointDocument(apis: readonly ServiceApi[]): string {
  const services = [
    ...Object.entries(iamOperations).map(
      ([name, operations]) => [name, "query", Object.keys(operations)] as const,
    ),
    ...apis.map((api) => [api.signingName, protocolOf(api), Object.keys(api.operations)] as const),
  ];
  const list = services
    .map(([name, protocol, operations]) => {
      // Both versions of API Gateway's API have some names; here they are one.
      const aws = operations.map((operation) => operation.replace(/OfRestApi$/, ""));
      const names = [...new Set(aws)]
        .toSorted()
        .map((operation) => `\`${operation}\``)
        .join(" ");
      return `- **${name}** (${protocol}): ${names}`;
    })
    .join("\n");
  return `${introduction}\n\n## What there is, by the name that requests are signed for\n\n${list}\n\n${notes}\n`;
}

function protocolOf({ protocol }: ServiceApi): string {
  switch (protocol.type) {
    case "json":
      return `AWS JSON ${protocol.version}`;
    case "query":
      return "query";
    case "rest-json":
      return "REST-JSON";
    case "rest-xml":
      return "REST-XML";
  }
}

const introduction = `<!-- The list is written by test/docs/aws-endpoint-document.test.ts: npx vitest run test/docs/aws-endpoint-document.test.ts -u -->

# AWS's other services on the endpoint

Beside AWS Step Functions, which is whole, the same address answers what deploying and triggering tools ask other services of AWS. Give it
to them as the endpoint of all services:

\`\`\`sh
export AWS_ENDPOINT_URL=http://localhost:8083
export AWS_DEFAULT_REGION=us-east-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
aws s3 mb s3://assets
aws s3 cp code.zip s3://assets/
aws ssm put-parameter --name /app/queue --type String --value orders
aws logs create-log-group --log-group-name /app/orders
\`\`\`

The signature's scope says which service a request is for; without one \`X-Amz-Target\`, a form's \`Version\` or the host (\`s3.localhost\`)
does. Where [access is asked for](security.md), each operation is asked about by the service's own action, \`s3:PutObject\`, and is written
into the audit log. What is not in the list is answered with \`UnknownOperationException\` (\`InvalidAction\`, \`NotImplemented\`).`;

const notes = `## What is different

- **S3** is the folders that Maps read and write: \`DATA_DIR/s3\`, and what \`buckets\` of the configuration names. A key that cannot be a file (one that ends with a slash) is refused.
  One request takes up to 256 MiB; larger objects come in parts. There are no versions: versioning, encryption and whatever else a
  bucket is told is kept and shown, and does nothing. An \`ETag\` changes with the object, but is not its MD5. Presigned URLs and signed,
  unsigned and chunked bodies are taken; CRC-32, SHA-1, SHA-256 and MD5 are compared, CRC-32C and CRC-64 are not. Bucket names in the host work where \`BUCKET.localhost\`
  leads here; otherwise choose path style (\`forcePathStyle\`, \`s3.addressing_style = path\`).
- **SSM**: the latest version of a parameter is there, earlier ones are not. A \`SecureString\` is sealed as [everything in the store](encryption.md)
  is; a name has at most 450 characters; \`AllowedPattern\` is refused.
- **CloudWatch Logs**: executions' logs go to a group of this server where their machine names one that is here, before any that the AWS
  SDK is configured for; what functions print goes to \`/aws/lambda/NAME\`, where somebody has made that group. The last 1,000 batches of a stream are kept, as long as the group's retention says.
  Filter patterns are terms, and one comparison of a member.
- **CloudWatch** has the metrics of \`AWS/States\`, values of own metrics and [alarms](metrics.md), by the minute. Metric math is
  arithmetic, comparisons and a few functions; there is no anomaly detection, and there are no dashboards.
- **SQS and SNS** are the [stand-ins](stand-ins.md) of \`--stand-ins memory\`; without them both are off. SQS speaks JSON, as its clients do since the end of 2023.
- **EventBridge and Scheduler** are whole but for partner event sources, global endpoints and schemas; [triggers](triggers.md) says what of targets there is.
- Pages in browsers may not call any of this.`;
