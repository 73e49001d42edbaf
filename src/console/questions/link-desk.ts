import type { Clock } from "../../ports/clock.ts";
import type { Engine } from "../../runtime/engine.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ApprovalView } from "../view-types.ts";
import { ApprovalLinks, type ApprovalLink } from "./approval-links.ts";
import type { QuestionDesk } from "./question-desk.ts";

/** What is behind a link. */
export type BehindLink =
  | { readonly type: "invalid" }
  | { readonly type: "expired" }
  | { readonly type: "open"; readonly link: ApprovalLink; readonly asked: ApprovalView }
  /** It has been answered, or has ended otherwise; `output` is the answer as JSON text. */
  | { readonly type: "decided"; readonly link: ApprovalLink; readonly output?: string };

/** Our choice: a link to a task without a time-out is good for a week, and none for longer than a month. */
const usualLifeMs = 7 * 24 * 3_600_000;
const longestLifeMs = 30 * 24 * 3_600_000;

/** Hands out links to questions, and looks what is behind one. */
export class LinkDesk {
  readonly #questions: QuestionDesk;
  readonly #engine: Pick<Engine, "taskOf">;
  readonly #clock: Clock;
  readonly #links: Promise<ApprovalLinks>;

  constructor(options: {
    readonly questions: QuestionDesk;
    readonly engine: Pick<Engine, "taskOf">;
    readonly clock: Clock;
    /** That of the store. */
    readonly secret: Promise<string>;
  }) {
    this.#questions = options.questions;
    this.#engine = options.engine;
    this.#clock = options.clock;
    this.#links = options.secret.then((secret) => new ApprovalLinks(secret));
  }

  /** A link to a task: by its token, which a function has, or by what the console knows it by. */
  async make(
    given: unknown,
    request: RequestContext,
  ): Promise<{ readonly sealed: string; readonly expiresAt: number }> {
    const { executionArn, taskId } = this.#taskIn(given);
    const asked = await this.#questions.find(executionArn, taskId, request);
    const now = this.#clock.now();
    const expiresAt = Math.min(asked?.due ?? now + usualLifeMs, now + longestLifeMs);
    await this.#questions.noteView(
      { ...(given as object), executionArn, taskId },
      request,
      { by: "console" },
      "link",
    );
    const sealed = (await this.#links).seal({ executionArn, taskId, expiresAt });
    return { sealed, expiresAt };
  }

  /** A link to a task that is about to ask and will be over at `due`: for the mail that asks. */
  async makeAhead(
    task: { readonly executionArn: string; readonly taskId: number },
    due: number | undefined,
  ): Promise<string> {
    const now = this.#clock.now();
    const expiresAt = Math.min(due ?? now + usualLifeMs, now + longestLifeMs);
    return (await this.#links).seal({ ...task, expiresAt });
  }

  async open(sealed: string): Promise<BehindLink> {
    const link = (await this.#links).open(sealed);
    if (link === undefined) return { type: "invalid" };
    const { executionArn, taskId, expiresAt } = link;
    // Whoever has the link was given it by somebody who may.
    const asked = await this.#questions.find(executionArn, taskId, {}).catch(() => undefined);
    if (asked === undefined) return this.#decided(link);
    if (expiresAt < this.#clock.now()) return { type: "expired" };
    return { type: "open", link, asked };
  }

  async #decided(link: ApprovalLink): Promise<BehindLink> {
    const { executionArn, taskId } = link;
    const output = await this.#questions.answerOf(executionArn, taskId, {}).catch(() => undefined);
    return { type: "decided", link, ...(output !== undefined && { output }) };
  }

  #taskIn(given: unknown): { readonly executionArn: string; readonly taskId: number } {
    const { taskToken, executionArn, taskId } = (given ?? {}) as Readonly<Record<string, unknown>>;
    if (typeof taskToken === "string") {
      const address = this.#engine.taskOf(taskToken);
      if (address === undefined) throw errors.invalidToken();
      return address;
    }
    if (typeof executionArn === "string" && Number.isSafeInteger(taskId)) {
      return { executionArn, taskId: taskId as number };
    }
    throw errors.validation("A link is to a 'taskToken', or to an 'executionArn' and a 'taskId'");
  }
}
