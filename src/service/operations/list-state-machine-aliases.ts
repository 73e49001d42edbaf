import { qualifiedArn, splitQualifiedArn, versionNumber } from "../../machine/arns.ts";
import type { AliasRecord, Page, PageRequest } from "../../ports/store.ts";
import { errors } from "../errors/errors.ts";
import type { Operation, ServiceContext } from "../operation.ts";
import { storePage } from "../paging/paging.ts";
import { activeStateMachine } from "../state-machines.ts";
import { epochSeconds } from "../timestamps.ts";

/** Documented: of a state machine, or of one of its versions. Observed: by name, not by age as is documented. */
export const listStateMachineAliases: Operation<"ListStateMachineAliases"> = async (
  input,
  context,
) => {
  const arn = input.stateMachineArn;
  const aliases = await aliasesOf(context, arn);
  return storePage(
    context,
    input,
    `ListStateMachineAliases ${arn}`,
    "stateMachineAliases",
    async (page) => pageByName(aliases, page),
    (alias) => ({
      stateMachineAliasArn: qualifiedArn(alias.stateMachineArn, alias.name),
      creationDate: epochSeconds(alias.createdAt),
    }),
  );
};

async function aliasesOf(context: ServiceContext, arn: string): Promise<readonly AliasRecord[]> {
  const parts = splitQualifiedArn(arn);
  const { record } = await activeStateMachine(context, parts?.stateMachineArn ?? arn);
  const aliases = await context.store.aliases(record.stateMachineArn);
  if (parts === undefined) return aliases;
  const number = versionNumber(parts.qualifier) ?? 0;
  if ((await context.store.version(record.stateMachineArn, number)) === undefined) {
    throw errors.resourceNotFound(arn);
  }
  return aliases.filter(({ routes }) => routes.some(({ version }) => version === number));
}

function pageByName(
  aliases: readonly AliasRecord[],
  { limit, after = "" }: PageRequest,
): Page<AliasRecord> {
  const rest = aliases.filter(({ name }) => name > after);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return last === undefined || items.length === rest.length
    ? { items }
    : { items, next: last.name };
}
