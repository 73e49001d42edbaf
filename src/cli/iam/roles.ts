import { jsonFile } from "./json-file.ts";
import { type IamClient, type ShownStructure, textIn } from "./iam-client.ts";
import { tableOf } from "../table.ts";
import { policyArnOf } from "./policy-arn.ts";
import type { IamTask } from "./task.ts";

const workflowsMay = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { Service: "states.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
});

/** `stepwell iam role create NAME` */
export const createRole: IamTask = async ({ client, given: [name = ""], options }) => {
  const trust = options.trust === undefined ? workflowsMay : jsonFile(options.trust);
  const data = await client.call("iam", "CreateRole", {
    RoleName: name,
    AssumeRolePolicyDocument: trust,
  });
  const arn = textIn(data["Role"] as ShownStructure, "Arn");
  const who = options.trust === undefined ? "Workflows may be it." : "";
  return { data, text: `Made the role ${arn}. ${who}\n` };
};

/** `stepwell iam role attach NAME POLICY` */
export const attachToRole: IamTask = async ({ client, given: [name = "", policy = ""] }) => {
  const arn = await policyArnOf(client, policy);
  await client.call("iam", "AttachRolePolicy", { RoleName: name, PolicyArn: arn });
  return { data: { RoleName: name, PolicyArn: arn }, text: `${name} may now what ${arn} says.\n` };
};

/** `stepwell iam role show NAME` */
export const showRole: IamTask = async ({ client, given: [name = ""] }) => {
  const { Role } = await client.call("iam", "GetRole", { RoleName: name });
  const role = Role as ShownStructure;
  const attached = await client.list("ListAttachedRolePolicies", "AttachedPolicies", {
    RoleName: name,
  });
  const inline = await inlineOf(client, name);
  const trust = documentOf(textIn(role, "AssumeRolePolicyDocument"));
  const text = [
    `${textIn(role, "Arn")}\n`,
    `Who may be it:\n${trust}\n`,
    attached.length === 0
      ? "No policy is attached.\n"
      : tableOf(
          ["ATTACHED", "ARN"],
          attached.map((each) => [textIn(each, "PolicyName"), textIn(each, "PolicyArn")]),
        ),
    ...Object.entries(inline).map(([policy, document]) => `${policy}:\n${document}\n`),
  ].join("\n");
  return { data: { Role: role, AttachedPolicies: attached, InlinePolicies: inline }, text };
};

async function inlineOf(
  client: IamClient,
  name: string,
): Promise<{ readonly [policy: string]: string }> {
  const { PolicyNames } = await client.call("iam", "ListRolePolicies", { RoleName: name });
  const inline: (readonly [string, string])[] = [];
  for (const policy of PolicyNames as readonly string[]) {
    const read = await client.call("iam", "GetRolePolicy", { RoleName: name, PolicyName: policy });
    inline.push([policy, documentOf(textIn(read, "PolicyDocument"))]);
  }
  return Object.fromEntries(inline);
}

/** A document as IAM answers it, laid out for people. */
function documentOf(encoded: string): string {
  return JSON.stringify(JSON.parse(decodeURIComponent(encoded)), undefined, 2);
}
