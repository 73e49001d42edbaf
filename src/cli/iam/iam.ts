import { parseArguments } from "../arguments.ts";
import { UsageError } from "../errors.ts";
import type { Command } from "../main.ts";
import { createAdmin } from "./create-admin.ts";
import { createKey } from "./create-key.ts";
import { createUser } from "./create-user.ts";
import { openIamClient } from "./iam-client.ts";
import { listAll } from "./list-all.ts";
import { putPolicy } from "./put-policy.ts";
import { attachToRole, createRole, showRole } from "./roles.ts";
import { simulate } from "./simulate.ts";
import type { IamTask } from "./task.ts";
import { whoAmI } from "./who-am-i.ts";

const help = `See and make the users, roles, keys and policies of a running server.

Usage: stepwell iam whoami                     Who this command line is for the server
       stepwell iam list                       Users, groups, roles and policies
       stepwell iam create-admin NAME          Make a user who may do everything, with a password for the console
       stepwell iam create-user NAME           Make a user
       stepwell iam create-key USER            Make an access key for a user, and show it once
       stepwell iam role create NAME           Make a role, for workflows or for people
       stepwell iam role attach NAME POLICY    Let a role do what a policy says
       stepwell iam role show NAME             What a role may, and who may be it
       stepwell iam simulate DEFINITION        What a workflow needs of its role, and what the role lacks
       stepwell iam policy put FILE            Make a policy of a JSON file, or a new version of it

POLICY is the ARN of a policy, or the name of one of the account's or of AWS's.

Options:
  --admin            create-user: who may do everything
  --group NAME       create-user: put into this group, which is made if it is not there; may be repeated
  --trust FILE       role create: who may be the role, a JSON file; absent: workflows (states.amazonaws.com)
  --name NAME        policy put: the policy's name; absent: the file's
  --role ROLE        simulate: the role, by name or ARN; asks the server for its policies
  --policy FILE      simulate: a policy beside those of the role; alone it needs no server; may be repeated
  --write-policy FILE
                     simulate: write the least policy for the role into this file; - prints it alone
  --machine ARN      simulate: the state machine's ARN; absent: one that is named as the file
  --type TYPE        simulate: STANDARD (the default) or EXPRESS
  --logs, --traces   simulate: it logs to CloudWatch Logs, it is traced with X-Ray
  --define Name=value
                     simulate: fill in \${Name} in strings; may be repeated
  --endpoint URL     The server; AWS_ENDPOINT_URL_IAM, AWS_ENDPOINT_URL_SFN, AWS_ENDPOINT_URL,
                     else the one over the data directory here, else http://127.0.0.1:8083
  --json             Print JSON instead of text
  --help, -h         Show this

'aws iam' and 'aws sts' with this server as their endpoint can do all of this and more.

Exit status: 0 done, 1 the server refused or was not reached, or the role lacks something, 2 the command line was wrong.
`;

/** What can be asked for, by its words, with the names of its arguments. */
const tasks: readonly {
  readonly words: readonly string[];
  readonly parameters: readonly string[];
  readonly task: IamTask;
}[] = [
  { words: ["whoami"], parameters: [], task: whoAmI },
  { words: ["list"], parameters: [], task: listAll },
  { words: ["create-admin"], parameters: ["NAME"], task: createAdmin },
  { words: ["create-user"], parameters: ["NAME"], task: createUser },
  { words: ["create-key"], parameters: ["USER"], task: createKey },
  { words: ["role", "create"], parameters: ["NAME"], task: createRole },
  { words: ["role", "attach"], parameters: ["NAME", "POLICY"], task: attachToRole },
  { words: ["role", "show"], parameters: ["NAME"], task: showRole },
  { words: ["simulate"], parameters: ["DEFINITION"], task: simulate },
  { words: ["policy", "put"], parameters: ["FILE"], task: putPolicy },
];

/** `stepwell iam`: what a person needs of IAM, over its API. */
export const iam: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      admin: { type: "boolean" },
      group: { type: "string", multiple: true },
      trust: { type: "string" },
      name: { type: "string" },
      role: { type: "string" },
      policy: { type: "string", multiple: true },
      "write-policy": { type: "string" },
      machine: { type: "string" },
      type: { type: "string" },
      logs: { type: "boolean" },
      traces: { type: "boolean" },
      define: { type: "string", multiple: true },
      endpoint: { type: "string" },
      json: { type: "boolean" },
    });
    const found = tasks.find(({ words }) =>
      words.every((word, index) => positionals[index] === word),
    );
    if (found === undefined) {
      const known = tasks.map(({ words }) => words.join(" ")).join(", ");
      throw new UsageError(
        `There is no 'iam ${positionals.slice(0, 2).join(" ")}'. There are: ${known}.`,
      );
    }
    const given = positionals.slice(found.words.length);
    const missing = found.parameters[given.length];
    if (missing !== undefined) throw new UsageError(`${missing} is missing.`);
    const extra = given[found.parameters.length];
    if (extra !== undefined) throw new UsageError(`'${extra}' is too many.`);
    const {
      data,
      text,
      isProblem = false,
    } = await found.task({
      client: await openIamClient(values.endpoint),
      given,
      options: values,
    });
    process.stdout.write(values.json === true ? `${JSON.stringify(data, undefined, 2)}\n` : text);
    return isProblem ? 1 : 0;
  },
};
