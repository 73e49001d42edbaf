import type { CommitResult } from "../../ports/store.ts";
import {
  type CommitEntry,
  type CommitRows,
  commitStatement,
  partNames,
} from "./commit-statement.ts";
import type { Database } from "./database.ts";
import { sqlState } from "./postgres-failure.ts";

/** A commit that is ready to be sent. */
export interface ReadyCommit extends CommitEntry {
  readonly rows: CommitRows;
}

/** `contradiction`: it contradicts what is stored, and nothing was written. */
export type SentResult = CommitResult | "contradiction";

/** Our choices: statements of commits that are under way at once, and commits in one of them. */
const mostUnderWay = 3;
const mostTogether = 64;

interface Waiting {
  readonly commit: ReadyCommit;
  readonly sent: PromiseWithResolvers<SentResult>;
}

/**
 * Sends commits of different partitions together: what comes while some are under way forms the next statement, so that
 * a node with many partitions does not pay for each of them. Nothing else delays a commit.
 */
export class CommitGroups {
  readonly #database: Pick<Database, "once">;
  #waiting: Waiting[] = [];
  #underWay = 0;
  #isScheduled = false;

  constructor(database: Pick<Database, "once">) {
    this.#database = database;
  }

  send(commit: ReadyCommit): Promise<SentResult> {
    const sent = Promise.withResolvers<SentResult>();
    this.#waiting.push({ commit, sent });
    this.#schedule();
    return sent.promise;
  }

  /** The commits of one turn of the event loop go together. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      while (this.#waiting.length > 0 && this.#underWay < mostUnderWay) {
        void this.#perform(this.#waiting.splice(0, mostTogether));
      }
    });
  }

  async #perform(group: readonly Waiting[]): Promise<void> {
    this.#underWay++;
    await this.#send(group);
    this.#underWay--;
    if (this.#waiting.length > 0) this.#schedule();
  }

  async #send(group: readonly Waiting[]): Promise<void> {
    const commits = group.map(({ commit }) => commit);
    const [statement, values] = commitStatement(commits, together(commits));
    try {
      const answer = await this.#database.once(statement, ...values);
      if (answer === "lost") {
        for (const { sent } of group) sent.resolve("unknown");
        return;
      }
      const entered = new Set(String(answer[0]?.["entered"] ?? "").split(","));
      for (const { commit, sent } of group) {
        sent.resolve(entered.has(String(commit.partition)) ? "committed" : "fenced");
      }
    } catch (error) {
      if (!isContradiction(error)) {
        for (const { sent } of group) sent.reject(error);
      } else if (group.length === 1) {
        for (const { sent } of group) sent.resolve("contradiction");
      } else {
        // One of them has spoilt it for all.
        for (const each of group) await this.#send([each]);
      }
    }
  }
}

function together(commits: readonly ReadyCommit[]): CommitRows {
  const [first] = commits;
  if (first !== undefined && commits.length === 1) return first.rows;
  return Object.fromEntries(
    partNames.map((name) => [name, commits.flatMap(({ rows }) => rows[name] as readonly object[])]),
  ) as unknown as CommitRows;
}

/** A unique violation (an execution that is there), or the statement's own division by zero. */
function isContradiction(error: unknown): boolean {
  const state = sqlState(error);
  return state === "23505" || state === "22012";
}
