// State machines of everything else that aws-stepfunctions has beside tasks. The last line of its output says what there is, and what each machine gives.
import { writeFileSync } from "node:fs";
import { App, CfnOutput, Duration, Stack } from "aws-cdk-lib";
import { Construct } from "constructs";
import * as iam from "aws-cdk-lib/aws-iam";
import * as s3 from "aws-cdk-lib/aws-s3";
import * as sfn from "aws-cdk-lib/aws-stepfunctions";

const app = new App({ analyticsReporting: false });
const stack = new Stack(app, "Constructs");
const bucket = s3.Bucket.fromBucketName(stack, "Bucket", "data");
const expected = {};

function machine(name, definitionBody, output, more = {}) {
  const made = new sfn.StateMachine(stack, name, { definitionBody, ...more });
  if (definitionBody instanceof sfn.ChainDefinitionBody) bucket.grantReadWrite(made);
  new CfnOutput(stack, `${name}Arn`, { value: made.stateMachineArn });
  expected[`${name}Arn`] = output;
  return made;
}

const chain = (start) => sfn.DefinitionBody.fromChainable(start);
const pass = (name, value) => new sfn.Pass(stack, name, { result: sfn.Result.fromObject(value) });

// Choice, Condition, Fail, Succeed, Wait, WaitTime, Chain.
const choice = new sfn.Choice(stack, "Which")
  .when(
    sfn.Condition.and(
      sfn.Condition.stringEquals("$.name", "sort"),
      sfn.Condition.not(sfn.Condition.isPresent("$.none")),
      sfn.Condition.or(
        sfn.Condition.numberGreaterThan("$.size", 1),
        sfn.Condition.booleanEquals("$.big", true),
      ),
    ),
    new sfn.Wait(stack, "Short", { time: sfn.WaitTime.duration(Duration.seconds(1)) })
      .next(new sfn.Wait(stack, "Until", { time: sfn.WaitTime.timestampPath("$.at") }))
      .next(new sfn.Succeed(stack, "Chosen")),
  )
  .otherwise(new sfn.Fail(stack, "Other", { error: "Other", causePath: "$.name" }));
machine("Chooses", chain(choice), { name: "sort", size: 2, at: "2020-01-01T00:00:00Z" });

// Parallel, a fragment, JsonPath, TaskInput, and what catches.
class Doubled extends sfn.StateMachineFragment {
  constructor(scope, id) {
    super(scope, id);
    const only = new sfn.Pass(this, "Doubled", {
      parameters: {
        twice: sfn.JsonPath.mathAdd(
          sfn.JsonPath.numberAt("$.size"),
          sfn.JsonPath.numberAt("$.size"),
        ),
      },
    });
    this.startState = only;
    this.endStates = [only];
  }
}
const failing = new sfn.Pass(stack, "Nothing").next(new sfn.Fail(stack, "No", { error: "No" }));
const parallel = new sfn.Parallel(stack, "Both", { resultSelector: { "all.$": "$" } }).branch(
  new Doubled(stack, "Fragment").prefixStates(),
  pass("One", { one: 1 }),
);
const caught = new sfn.Parallel(stack, "Caught")
  .branch(failing)
  .addCatch(pass("Afterwards", { caught: true }), { errors: ["No"], resultPath: "$.error" });
machine("Forks", chain(sfn.Chain.start(parallel).next(caught)), { caught: true });

// Inline Map, CustomState, and the body of a text and of a file.
const each = new sfn.Map(stack, "Each", {
  itemsPath: "$.items",
  maxConcurrency: 2,
  itemSelector: { "item.$": "$$.Map.Item.Value" },
}).itemProcessor(
  new sfn.CustomState(stack, "Custom", {
    stateJson: { Type: "Pass", OutputPath: "$.item", End: true },
  }),
);
machine("Maps", chain(each), [1, 2]);
const own = JSON.stringify({ StartAt: "A", States: { A: { Type: "Pass", Result: 7, End: true } } });
machine("OfText", sfn.DefinitionBody.fromString(own), 7);
writeFileSync("own.asl.json", own);
machine("OfFile", sfn.DefinitionBody.fromFile("own.asl.json"), 7, {
  encryptionConfiguration: new sfn.AwsOwnedEncryptionConfiguration(),
});

// JSONata.
const jsonata = sfn.Pass.jsonata(stack, "Computes", {
  assign: { twice: "{% $states.input.size * 2 %}" },
  outputs: { sum: "{% $states.input.size + 1 %}" },
});
const chosen = sfn.Choice.jsonata(stack, "Whether").when(
  sfn.Condition.jsonata("{% $states.input.sum = 3 %}"),
  sfn.Succeed.jsonata(stack, "Says", { outputs: { twice: "{% $twice %}" } }),
);
const mapped = sfn.Map.jsonata(stack, "EachOf", {
  items: sfn.ProvideItems.jsonArray([1, 2]),
}).itemProcessor(sfn.Pass.jsonata(stack, "Same", {}));
machine("Computed", chain(jsonata.next(chosen)), { twice: 4 });
machine("Provided", chain(mapped), [1, 2], { queryLanguage: sfn.QueryLanguage.JSONATA });

// Distributed Map: every reader, batches, and both writers.
const readers = {
  Json: new sfn.S3JsonItemReader({ bucket, key: "list.json" }),
  JsonLines: new sfn.S3JsonLItemReader({ bucket, key: "list.jsonl" }),
  Csv: new sfn.S3CsvItemReader({
    bucket,
    key: "list.csv",
    csvHeaders: sfn.CsvHeaders.useFirstRow(),
  }),
  Objects: new sfn.S3ObjectsItemReader({ bucket, prefix: "objects/" }),
};
const counts = { Json: 2, JsonLines: 2, Csv: 2, Objects: 2 };
for (const [name, itemReader] of Object.entries(readers)) {
  const map = new sfn.DistributedMap(stack, `All of ${name}`, {
    itemReader,
    itemBatcher: new sfn.ItemBatcher({ maxItemsPerBatch: 1 }),
    toleratedFailurePercentage: 0,
    resultSelector: { "count.$": "States.ArrayLength($)" },
  }).itemProcessor(new sfn.Pass(stack, `Item${name}`));
  machine(`Reads${name}`, chain(map), { count: counts[name] });
}
// The newer writer is written where this is set, and the older one where it is not.
const newer = new Construct(stack, "Newer");
newer.node.setContext("@aws-cdk/aws-stepfunctions:useDistributedMapResultWriterV2", true);
const written = (name, writer, scope = stack) => {
  const map = new sfn.DistributedMap(scope, `All of ${name}`, {
    itemsPath: "$.items",
    mapExecutionType: sfn.StateMachineType.EXPRESS,
    ...writer,
    resultSelector: { "bucket.$": "$.ResultWriterDetails.Bucket" },
  }).itemProcessor(new sfn.Pass(stack, `Item${name}`));
  machine(name, chain(map), { bucket: "data" });
};
written("Writes", { resultWriter: new sfn.ResultWriter({ bucket, prefix: "results" }) });
written(
  "WritesAgain",
  {
    resultWriterV2: new sfn.ResultWriterV2({
      bucket,
      prefix: "more",
      writerConfig: {
        outputType: sfn.OutputType.JSONL,
        transformation: sfn.Transformation.COMPACT,
      },
    }),
  },
  newer,
);

// What is beside a state machine: an activity, a version and an alias of it.
const activity = new sfn.Activity(stack, "Activity");
activity.grant(new iam.AccountRootPrincipal(), "states:SendTaskSuccess");
new CfnOutput(stack, "ActivityName", { value: activity.activityName });
const versioned = machine("Versioned", chain(pass("First", { first: true })), { first: true });
const version = new sfn.CfnStateMachineVersion(stack, "Version", {
  stateMachineArn: versioned.stateMachineArn,
});
const alias = new sfn.CfnStateMachineAlias(stack, "Alias", {
  name: "live",
  routingConfiguration: [{ stateMachineVersionArn: version.ref, weight: 100 }],
});
new CfnOutput(stack, "AliasArn", { value: alias.ref });
expected.AliasArn = { first: true };

app.synth();
const classes = Object.keys(sfn).filter((name) => typeof sfn[name] === "function");
console.log(JSON.stringify({ classes, expected }));
