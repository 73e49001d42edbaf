import type { JsonValue } from "../../src/expression/json.ts";

/** What is given to a sample instead of {@link plausibleData}, where its paths do not say what it needs. */
export interface OwnData {
  readonly input?: JsonValue;
  /** Of tasks, by their states. */
  readonly results?: { readonly [state: string]: JsonValue };
}

export const ownData: { readonly [sample: string]: OwnData } = {
  "distributed-data-stream-aggregator__data-processing-child.asl.json": {
    results: {
      "Get Data": {
        ResponseBody: {
          count: 1,
          results: [{ resourceKey: "a", errors: [{ message: "no" }], state: "failed" }],
        },
      },
    },
  },
  "eventbridge-replay-events__statemachine.asl.json": {
    results: {
      "Convert past event to today": {
        Payload: {
          process: true,
          time: "2026-01-02T03:04:05Z",
          event: { detail: {}, "detail-type": "type", source: "source" },
        },
      },
    },
  },
  "vod-transcode-delivery-cdk__typescript__transcoding-statemachine.asl.json.asl.json": {
    results: {
      "Get MediaConvert Transcode Status": {
        Payload: { job_status: "COMPLETE", invocation_id: "i", results: [{ videoName: "v" }] },
      },
    },
  },
  "dynamically-process-data-with-map-state__statemachine.asl.json": {
    results: {
      "Read messages from SQS queue": {
        Payload: [{ MessageId: "1", Body: "text", ReceiptHandle: "r" }],
      },
    },
  },
  "ec2-instance-isolation-sam__statemachine.asl.json": {
    input: { IsolatedInstanceId: "i-1" },
    results: {
      "Get EC2 Instance Info": {
        Reservations: [
          {
            Instances: [
              {
                InstanceType: "t3.micro",
                ImageId: "ami-1",
                NetworkInterfaces: [{ SubnetId: "subnet-1" }],
                BlockDeviceMappings: [{ Ebs: { VolumeId: "vol-1" } }],
                Placement: { AvailabilityZone: "us-east-1a" },
                SecurityGroups: [{ GroupId: "sg-1" }],
              },
            ],
          },
        ],
      },
      "Get AutoScalingGroup Info": {
        AutoScalingInstances: [{ AutoScalingGroupName: "group" }],
      },
      "Create Forensic Instance": { Instances: [{ InstanceId: "i-2" }] },
      "Create Snapshot from Isolated Instance": { SnapshotId: "snap-1" },
      "Get Snapshot Status": { Snapshots: [{ State: "completed" }] },
      "Create EBS Volume from Snapshot": { VolumeId: "vol-2" },
      "Get EBS Volume Status": { Volumes: [{ State: "available" }] },
    },
  },
  "lambda-orchestration-cdk__statemachine.asl.json": {
    results: { "Generate Buy/Sell recommendation": "buy" },
  },
  "parallelized-embedding-pipeline__statemachine.json": {
    input: [
      {
        body: JSON.stringify({
          Records: [{ s3: { object: { key: "a.txt" }, bucket: { name: "bucket" } } }],
        }),
      },
    ],
  },
  "resource-configuration-backup-sam__statemachine.asl.json": {
    input: {
      ResourceTypesToLookup: ["AWS::EC2::Instance"],
      ConfigAggregatorName: "aggregator",
      PaginationLimit: 10,
      S3BucketName: "bucket",
    },
    results: {
      BatchGetAggregateResourceConfig: {
        BaseConfigurationItems: [
          {
            AccountId: "123456789012",
            AwsRegion: "us-east-1",
            ResourceType: "AWS::EC2::Instance",
            ResourceId: "i-1",
          },
        ],
      },
    },
  },
  "transfer-data-records__statemachine.asl.json": {
    results: { "Seed the DynamoDB Table": ["1", "2", "DONE"] },
  },
};
