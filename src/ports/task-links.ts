import type { EpochMs, TaskId } from "../machine/ids.ts";

/** The attempt of a task that somebody outside is to end. */
export interface LinkedTask {
  readonly executionArn: string;
  readonly taskId: TaskId;
}

/** Addresses of this server that end a task which waits for its token. None of them is the token. */
export interface TaskLinks {
  /** The URL by which whoever has it ends the task (src/server/hooks); `undefined` if nothing is served. */
  callbackUrl(task: LinkedTask): Promise<string | undefined>;
  /**
   * The page on which a person answers the task; `undefined` if there is none, because the console is off. `due` is when the
   * task is over.
   */
  answerPage(task: LinkedTask, due: EpochMs | undefined): Promise<string | undefined>;
}
