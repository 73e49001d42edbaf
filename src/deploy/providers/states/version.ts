import { textOf } from "../../text-of.ts";
import { given } from "../members.ts";
import type { ResourceProvider } from "../provider.ts";

/** *Documented*: `AWS::StepFunctions::StateMachineVersion`; any change is another version. */
export const stateMachineVersion: ResourceProvider = {
  replacing: ["StateMachineArn", "StateMachineRevisionId", "Description"],

  async create({ StateMachineArn, StateMachineRevisionId, Description }, { call }) {
    const { members } = await call(
      "states",
      "PublishStateMachineVersion",
      given({
        stateMachineArn: StateMachineArn,
        revisionId: StateMachineRevisionId,
        description: Description,
      }),
    );
    const arn = textOf(members["stateMachineVersionArn"]);
    return { physicalId: arn, attributes: { Arn: arn } };
  },

  async delete({ physicalId }, { call }) {
    await call("states", "DeleteStateMachineVersion", { stateMachineVersionArn: physicalId });
  },

  async read({ physicalId, properties }, { call }) {
    await call("states", "DescribeStateMachine", { stateMachineArn: physicalId });
    return properties;
  },
};
