// Synthesises a stack for each class of task, with a machine for each query language and pattern that the class has, and prints what it made.
import * as cdk from "aws-cdk-lib";
import { Construct } from "constructs";
import * as sfn from "aws-cdk-lib/aws-stepfunctions";
import * as tasks from "aws-cdk-lib/aws-stepfunctions-tasks";
import { cases } from "./cases.mjs";

const languages = { JSONPath: (Class) => Class.jsonPath, JSONata: (Class) => Class.jsonata };
/** What the resource of a state with the pattern has in it. */
const suffixes = {
  REQUEST_RESPONSE: "",
  RUN_JOB: "[.]sync",
  WAIT_FOR_TASK_TOKEN: "[.]waitForTaskToken",
};
const patterns = Object.keys(suffixes);
const isTaskClass = (value) =>
  typeof value === "function" && value.prototype instanceof sfn.TaskStateBase;
const classes = Object.keys(tasks).filter((name) => isTaskClass(tasks[name]));

const app = new cdk.App({ outdir: process.argv[2], analyticsReporting: false });
const machines = [];
for (const name of classes.filter((each) => Object.hasOwn(cases, each))) {
  const stack = new cdk.Stack(app, name, { env: { account: "000000000000", region: "us-east-1" } });
  for (const language of Object.keys(languages)) {
    for (const pattern of patterns) {
      const machine = machineOf(stack, name, language, pattern);
      if (machine !== undefined) machines.push(machine);
    }
  }
}
app.synth();
console.log(JSON.stringify({ classes, machines }));

/** A machine of one state; `undefined` where the class has no such pattern, or no state in this language. */
function machineOf(stack, name, language, pattern) {
  const Class = tasks[name];
  // Those without a language in their names have JSONPath.
  const isOld = Class.jsonPath === undefined;
  if (isOld && language === "JSONata") return undefined;
  const id = `${language}-${pattern}`;
  const scope = new Construct(stack, id);
  const props = { ...cases[name](scope, textsIn(language, pattern)), integrationPattern: pattern };
  let state;
  try {
    state = isOld
      ? new Class(scope, "Call", props)
      : languages[language](Class).call(Class, scope, "Call", props);
  } catch (error) {
    if (!/Unsupported service integration pattern|not supported/i.test(error.message)) throw error;
    stack.node.tryRemoveChild(id);
    return undefined;
  }
  const { Resource } = state.toStateJson(sfn.QueryLanguage[language.toUpperCase()]);
  const resource = JSON.stringify(stack.resolve(Resource));
  // A class that knows no patterns makes the same for each, and AWS has no jobs of SDK integrations.
  if (!resource.match(suffixes[pattern]) || /:aws-sdk:.*[.]sync/.test(resource)) {
    stack.node.tryRemoveChild(id);
    return undefined;
  }
  const machine = new sfn.StateMachine(scope, "Machine", {
    definitionBody: sfn.DefinitionBody.fromChainable(state),
    queryLanguage: sfn.QueryLanguage[language.toUpperCase()],
  });
  const output = `${language}${pattern.replaceAll("_", "")}`;
  new cdk.CfnOutput(stack, output, { value: machine.stateMachineArn });
  return { name, language, pattern, output };
}

function textsIn(language, pattern) {
  const isJsonata = language === "JSONata";
  const token = isJsonata ? "{% $states.context.Task.Token %}" : sfn.JsonPath.taskToken;
  return {
    at: (member) =>
      isJsonata ? `{% $states.input.${member} %}` : sfn.JsonPath.stringAt(`$.${member}`),
    token: pattern === sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN ? token : undefined,
  };
}
