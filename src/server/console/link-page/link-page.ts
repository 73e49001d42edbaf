import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { QuestionDesk } from "../../../console/questions/question-desk.ts";
import type { ApprovalLink } from "../../../console/questions/approval-links.ts";
import type { BehindLink, LinkDesk } from "../../../console/questions/link-desk.ts";
import type { JsonObject } from "../../../expression/json.ts";
import { type Caller, userArn } from "../../../ports/caller.ts";
import type { Clock } from "../../../ports/clock.ts";
import { ApiError } from "../../../service/errors/api-error.ts";
import type { RequestContext } from "../../../service/operation.ts";
import { readBody } from "../../request-body.ts";
import { inOwnName } from "../own-name.ts";
import { securityHeaders } from "../static-files.ts";
import { answerFields, answerOfForm } from "./answer-fields.ts";
import {
  decisionHtml,
  linkPagePolicy,
  messagePage,
  questionPage,
  reviewPage,
} from "./link-html.ts";
import { linkTexts, type LinkTexts } from "./link-texts.ts";

/** Our choices: how long a page may be open, and how many may be at once. */
const nonceLifeMs = 3_600_000;
const mostNonces = 10_000;
const maxBodyBytes = 64 * 1024;

/** What a page that was shown may do once, when it is sent back. */
interface Nonce {
  readonly sealed: string;
  readonly expiresAt: number;
  /** What is to be confirmed; absent: the question is to be answered. */
  readonly output?: string;
  /** The ARN of whom it was shown to, where that is known. */
  readonly person: string | undefined;
}

/** Who comes by a link. */
export interface LinkVisitor {
  /** Who acts by it. */
  readonly context: RequestContext;
  /** Who is signed in; absent: nobody has to be. */
  readonly person?: Caller | undefined;
}

/**
 * The page behind a link, for people without the console. Looking never decides: an answer is sent by two forms, the second of
 * which confirms exactly what it shows, each good for once.
 */
export class LinkPage {
  readonly #desk: LinkDesk;
  readonly #questions: QuestionDesk;
  readonly #clock: Clock;
  readonly #nonces = new Map<string, Nonce>();

  constructor(desk: LinkDesk, questions: QuestionDesk, clock: Clock) {
    this.#desk = desk;
    this.#questions = questions;
    this.#clock = clock;
  }

  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    sealed: string,
    visitor: LinkVisitor,
  ): Promise<void> {
    const texts = linkTexts(request.headers["accept-language"]);
    const send = (status: number, html: string) => sendPage(request, response, status, html);
    if (request.method !== "POST") {
      const behind = await this.#desk.open(sealed);
      if (request.method === "GET" && "link" in behind) await this.#noteView(behind.link, visitor);
      return send(...this.#shown(texts, behind, { sealed, visitor }, decisionIn(request.url)));
    }
    const form = await formOf(request);
    const behind = await this.#desk.open(sealed);
    const shown = { sealed, visitor };
    if (behind.type !== "open") return send(...this.#shown(texts, behind, shown));
    const nonce = this.#spend(form.get("nonce") ?? "", shown);
    if (nonce === undefined) return send(409, this.#question(texts, behind, shown, texts.again));
    if (nonce.output !== undefined && form.get("step") === "decide") {
      return send(...(await this.#decide(texts, behind, nonce.output, shown)));
    }
    const answered = answerOf(behind, form, texts);
    if ("problem" in answered) {
      return send(400, this.#question(texts, behind, shown, answered.problem));
    }
    const output = JSON.stringify(signed(answered.output, visitor), undefined, 2);
    send(200, reviewPage(texts, behind.asked, output, this.#issue(shown, output)));
  }

  /** Without a sign-in, whoever looks by a link is nobody in particular; what cannot be written down is shown all the same. */
  async #noteView(
    { executionArn, taskId }: ApprovalLink,
    { context, person }: LinkVisitor,
  ): Promise<void> {
    await this.#questions
      .noteView(named({ executionArn, taskId }, person), context, { by: "link", person })
      .catch((thrown: unknown) => {
        if (!(thrown instanceof ApiError)) throw thrown;
      });
  }

  #shown(texts: LinkTexts, behind: BehindLink, shown: Shown, chosen?: string): [number, string] {
    switch (behind.type) {
      case "invalid":
        return [404, messagePage(texts, texts.invalid, texts.invalidHint)];
      case "expired":
        return [410, messagePage(texts, texts.expired, texts.expiredHint)];
      case "decided":
        return [
          200,
          messagePage(texts, texts.decided, texts.noLonger, decisionHtml(behind.output)),
        ];
      case "open":
        return [200, this.#question(texts, behind, shown, undefined, chosen)];
    }
  }

  #question(
    texts: LinkTexts,
    { asked }: BehindLink & { type: "open" },
    shown: Shown,
    problem?: string,
    chosen?: string,
  ): string {
    const nonce = this.#issue(shown);
    return questionPage(texts, asked, answerFields(asked.schema), nonce, { problem, chosen });
  }

  async #decide(
    texts: LinkTexts,
    { link }: BehindLink & { type: "open" },
    output: string,
    shown: Shown,
  ): Promise<[number, string]> {
    const { executionArn, taskId } = link;
    const { context, person } = shown.visitor;
    const given = named({ executionArn, taskId, output }, person);
    try {
      await this.#questions.answer(given, context, { by: "link", person });
    } catch (thrown) {
      if (!(thrown instanceof ApiError)) throw thrown;
      if (thrown.code === "AccessDeniedException") {
        return [403, messagePage(texts, texts.denied, texts.deniedHint)];
      }
      // Somebody else was faster: what was decided is shown.
      return this.#shown(texts, await this.#desk.open(shown.sealed), shown);
    }
    return [200, messagePage(texts, texts.done, texts.doneHint, decisionHtml(output))];
  }

  #issue({ sealed, visitor }: Shown, output?: string): string {
    const id = randomBytes(18).toString("base64url");
    this.#nonces.set(id, {
      sealed,
      person: arnOf(visitor),
      expiresAt: this.#clock.now() + nonceLifeMs,
      ...(output !== undefined && { output }),
    });
    for (const oldest of this.#nonces.keys()) {
      if (this.#nonces.size <= mostNonces) break;
      this.#nonces.delete(oldest);
    }
    return id;
  }

  /** What was shown to one person, no other sends back. */
  #spend(id: string, { sealed, visitor }: Shown): Nonce | undefined {
    const nonce = this.#nonces.get(id);
    this.#nonces.delete(id);
    if (nonce === undefined || nonce.sealed !== sealed) return undefined;
    if (nonce.person !== arnOf(visitor)) return undefined;
    return nonce.expiresAt < this.#clock.now() ? undefined : nonce;
  }
}

/** What is shown, and to whom. */
interface Shown {
  readonly sealed: string;
  readonly visitor: LinkVisitor;
}

function arnOf({ person }: LinkVisitor): string | undefined {
  return person && userArn(person);
}

/** In the name of the person; without one it is nobody's. */
function named(given: object, person: Caller | undefined): unknown {
  return person === undefined ? given : inOwnName(given, { caller: person });
}

/** *Our choice*: who had to sign in is named in the answer, and so in the history, whatever a form has asked for under that name. */
function signed(output: JsonObject, visitor: LinkVisitor): JsonObject {
  const answeredBy = arnOf(visitor);
  return answeredBy === undefined ? output : { ...output, answeredBy };
}

/** The answer that a link in a mail begins with: the reader still has to give it. */
function decisionIn(url: string | undefined): string | undefined {
  return new URLSearchParams(url?.split("?", 2)[1]).get("decision") ?? undefined;
}

/** What the form says. */
function answerOf(
  { asked }: BehindLink & { type: "open" },
  form: URLSearchParams,
  texts: LinkTexts,
): { readonly output: JsonObject } | { readonly problem: string } {
  const fields = answerFields(asked.schema);
  if (fields.length > 0) {
    const answered = answerOfForm(fields, form);
    return "wrong" in answered ? { problem: texts.wrong(answered.wrong.label) } : answered;
  }
  const decision = form.get("decision");
  if (decision !== "approve" && decision !== "reject") {
    return { problem: texts.wrong(`${texts.approve} / ${texts.reject}`) };
  }
  const comment = form.get("comment")?.trim() ?? "";
  return { output: { approved: decision === "approve", ...(comment !== "" && { comment }) } };
}

function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  return new Promise((resolve, reject) => {
    readBody(request, maxBodyBytes, (body) => {
      if (body !== undefined) resolve(new URLSearchParams(body.toString()));
      else reject(new ApiError("RequestEntityTooLargeException", "The form is too large."));
    });
  });
}

function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  html: string,
): void {
  response.writeHead(status, {
    ...securityHeaders,
    "Content-Security-Policy": linkPagePolicy,
    "Content-Type": "text/html; charset=utf-8",
    "Content-Length": Buffer.byteLength(html),
    "Cache-Control": "no-store",
    // Without any referrer a browser would not say which page a form is sent from.
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
  });
  response.end(request.method === "HEAD" ? undefined : html);
}
