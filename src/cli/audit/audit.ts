import { join, resolve } from "node:path";
import { auditFolders } from "../../iam/audit/audit-folder.ts";
import { parseArguments } from "../arguments.ts";
import { CommandFailure, UsageError } from "../errors.ts";
import type { Command } from "../main.ts";
import { usualDataDir } from "../settings.ts";
import { listRecords } from "./list-records.ts";
import { printHeads } from "./print-heads.ts";
import { verifyFolders } from "./verify-folders.ts";

const help = `Look into the audit log of a server, running or not.

Usage: stepwell audit verify [OPTIONS]   Follow the chain of hashes, and name each line that was changed, removed or inserted
       stepwell audit list [OPTIONS]     Show records, the newest first
       stepwell audit head [OPTIONS]     Print where the chain has come to, to be kept elsewhere

Options:
  --data-dir DIR     The server's folder; .stepwell
  --head HEAD        verify: that the chain leads by what 'audit head' has printed before
  --since TIME       list: not before this, a date (2027-11-29, 2027-11-29T12:00:00Z) or how long ago (30m, 24h, 7d)
  --who TEXT         list: a part of the caller's ARN, his access key, his address, or of whom he acts for
  --action TEXT      list: a part of the operation's name (StartExecution), or of its service (iam.amazonaws.com)
  --resource TEXT    list: a part of the ARN of what it was done to
  --denied           list: only what was refused
  --limit N          list: so many; 100
  --json             Print JSON instead of text
  --help, -h         Show this

Exit status: 0 done, and verified as it was written; 1 it was changed, or cannot be read; 2 the command line was wrong.
`;

/** `stepwell audit`: reads the files, so that it needs no server, and no right but that to the folder. */
export const audit: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      "data-dir": { type: "string" },
      head: { type: "string" },
      since: { type: "string" },
      who: { type: "string" },
      action: { type: "string" },
      resource: { type: "string" },
      denied: { type: "boolean" },
      limit: { type: "string" },
      json: { type: "boolean" },
    });
    const [task, ...more] = positionals;
    if (!isTask(task) || more.length > 0) {
      throw new UsageError("There are 'audit verify', 'audit list' and 'audit head'.");
    }
    const folder = join(resolve(values["data-dir"] ?? usualDataDir), "audit");
    const folders = await auditFolders(folder);
    if (folders.length === 0) throw new CommandFailure(`There is no audit log in ${folder}.`);
    return tasks[task](folders, values);
  },
};

const tasks = { verify: verifyFolders, list: listRecords, head: printHeads } as const;

function isTask(name: string | undefined): name is keyof typeof tasks {
  return name !== undefined && Object.hasOwn(tasks, name);
}
