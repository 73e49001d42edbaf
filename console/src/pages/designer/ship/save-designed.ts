import { regionOf, send, server, ServerError } from "../../../api/client.ts";
import { qualifierOf, type StateMachine } from "../../workflows/state-machine.ts";
import { isSameDefinition, revisionOf, type SavedDefinition } from "./saved-definition.ts";

export type SaveOutcome =
  | { readonly isSaved: true; readonly revisionId: string; readonly version?: string }
  /** Somebody else has saved another definition: theirs. Nothing was saved. */
  | { readonly isSaved: false; readonly theirs: StateMachine };

/** Our choice: settings that somebody changes each time that this is tried again. */
const mostAttempts = 5;

/**
 * Gives a workflow a definition in the place of the one that it was made of. The server compares and replaces in one; another
 * role or log level is another revision, too, but no other definition: then it is asked again.
 */
export async function saveDesigned({
  stateMachineArn,
  definition,
  saved,
  settings = {},
  publish,
}: {
  readonly stateMachineArn: string;
  readonly definition: string;
  readonly saved: SavedDefinition;
  /** Other members of UpdateStateMachine. */
  readonly settings?: object;
  /** The version's description; absent: it is not published. */
  readonly publish?: string;
}): Promise<SaveOutcome> {
  const region = regionOf(stateMachineArn);
  let { revisionId } = saved;
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await send<{
        readonly revisionId?: string;
        readonly stateMachineVersionArn?: string;
      }>(
        `workflows/${encodeURIComponent(stateMachineArn)}/definition`,
        {
          ...settings,
          definition,
          expectedRevisionId: revisionId,
          ...(publish !== undefined && { publish: true }),
          ...(publish !== undefined && publish !== "" && { versionDescription: publish }),
        },
        { region },
      );
      const { stateMachineVersionArn: version } = answer;
      return {
        isSaved: true,
        revisionId: revisionOf(answer),
        ...(version !== undefined && { version: qualifierOf(version) }),
      };
    } catch (error) {
      const isConflict = error instanceof ServerError && error.status === 409;
      if (!isConflict || attempt === mostAttempts) throw error;
      const theirs = await server.call<StateMachine>(
        "DescribeStateMachine",
        { stateMachineArn },
        region,
      );
      if (!isSameDefinition(theirs.definition, saved.definition)) {
        return { isSaved: false, theirs };
      }
      revisionId = revisionOf(theirs);
    }
  }
}
