import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { ApprovalLinks } from "../../src/console/questions/approval-links.ts";
import { createSealer } from "../../src/iam/directory/sealer.ts";
import { createSessionTokens } from "../../src/iam/directory/session-tokens.ts";
import { createTaskTokens } from "../../src/runtime/tasks/task-token.ts";
import { createHooks } from "../../src/server/hooks/hooks.ts";
import { ApiError } from "../../src/service/errors/api-error.ts";
import { pageTokens } from "../../src/service/paging/page-tokens.ts";
import { check, type FuzzTarget } from "./fuzz-target.ts";

/** Something that is worth what it says, since only this store can have made it. */
interface Sealed {
  readonly name: string;
  /** Two that are good, of this store and then of another one. */
  readonly made: readonly [string, string, string];
  readonly isTaken: (text: string) => boolean | Promise<boolean>;
}

const executionArn = "arn:aws:states:eu-west-1:123456789012:execution:orders:one";
const another = executionArn.replace("one", "two");
const now = Date.UTC(2026, 0, 1);
const listing = "ListExecutions";

/** Everything that is sealed with a store's secret and handed out. */
async function everythingSealed(): Promise<readonly Sealed[]> {
  const [ours, theirs] = [secret(), secret()];
  const [tasks, foreignTasks] = [createTaskTokens(ours), createTaskTokens(theirs)];
  const [links, foreignLinks] = [new ApprovalLinks(ours), new ApprovalLinks(theirs)];
  const [hooks, foreignHooks] = [ours, theirs].map((each) => createHooks(Promise.resolve(each)));
  const [pages, foreignPages] = [pageTokens(ours), pageTokens(theirs)];
  const link = { taskId: 7, expiresAt: now };
  const task = { executionArn, taskId: 7 };
  if (hooks === undefined || foreignHooks === undefined) throw new Error("There are two stores");
  return [
    {
      name: "task token",
      made: [
        tasks.seal(executionArn, 7),
        tasks.seal(another, 12),
        foreignTasks.seal(executionArn, 7),
      ],
      isTaken: (text) => tasks.open(text) !== undefined,
    },
    {
      name: "link",
      made: [
        links.seal({ ...link, executionArn }),
        links.seal({ ...link, executionArn: another }),
        foreignLinks.seal({ ...link, executionArn }),
      ],
      isTaken: (text) => links.open(text) !== undefined,
    },
    {
      name: "hook",
      made: [
        await hooks.seal(task),
        await hooks.seal({ executionArn: another, taskId: 12 }),
        await foreignHooks.seal(task),
      ],
      isTaken: async (text) => (await hooks.open(text)) !== undefined,
    },
    {
      name: "page token",
      made: [
        pages.seal(listing, "one", now),
        pages.seal(listing, { at: 5 }, now),
        foreignPages.seal(listing, "one", now),
      ],
      isTaken: (text) => !throws(() => pages.open(listing, text, now)),
    },
    sessionToken(ours, theirs),
  ];
}

function sessionToken(ours: string, theirs: string): Sealed {
  const [tokens, foreign] = [ours, theirs].map((each) => createSessionTokens(createSealer(each)));
  const session = {
    roleArn: "arn:aws:iam::123456789012:role/admin",
    roleId: "AROA1",
    sessionName: "s",
    issuedAt: now,
    expiresAt: now + 3_600_000,
    assumedBy: "arn:aws:iam::123456789012:user/alice",
  };
  const made = [tokens, tokens, foreign].map((each) => each?.issue(session)?.token ?? "");
  return {
    name: "session token",
    made: made as [string, string, string],
    isTaken: (text) => tokens?.open(text) !== undefined,
  };
}

function secret(): string {
  return randomBytes(32).toString("base64");
}

function throws(open: () => unknown): boolean {
  try {
    open();
    return false;
  } catch (thrown) {
    if (!(thrown instanceof ApiError)) throw thrown;
    return true;
  }
}

/** `other` is another good one; `at` and `by` are drawn. */
type Forgery = (good: string, other: string, at: number, by: number) => string;

const alphabet =
  "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \t\n%\u0000é";
const characterOf = (by: number): string => alphabet[by % alphabet.length] ?? "A";

const forgeries: readonly Forgery[] = [
  (good, _, at, by) => good.slice(0, at) + characterOf(by) + good.slice(at + 1),
  (good, _, at, by) => good.slice(0, at) + characterOf(by) + good.slice(at),
  (good, _, at) => good.slice(0, at) + good.slice(at + 1),
  (good, _, at) => good.slice(0, at),
  (good, _, at) => good.slice(at),
  (good, _, at, by) => good + characterOf(by).repeat(1 + (at % 4)),
  (good, other, at) => good.slice(0, at) + other.slice(at),
  (good, _, at) => swapped(good, at),
  (good) => good.toUpperCase(),
  (good) => good.replaceAll("-", "+").replaceAll("_", "/"),
  (good, _, at, by) => {
    const bytes = Buffer.from(good, "base64url");
    const place = at % bytes.length;
    bytes[place] = (bytes[place] ?? 0) ^ (1 << (by % 8));
    return bytes.toString("base64url");
  },
  (good, other, at) => {
    const [ours, theirs] = [Buffer.from(good, "base64url"), Buffer.from(other, "base64url")];
    // The seal of the one over what the other says.
    return Buffer.concat([ours.subarray(0, at % 40), theirs.subarray(at % 40)]).toString(
      "base64url",
    );
  },
  (good, _, at) => randomBytes(1 + (at % good.length)).toString("base64url"),
  (good) => randomBytes(Math.ceil((good.length * 3) / 4)).toString("base64url"),
  (_, __, at, by) => characterOf(by).repeat(at),
  (good) => encodeURIComponent(good),
  (good) => `${good}${good}`,
];

function swapped(text: string, at: number): string {
  const [first = "", second = ""] = text.slice(at, at + 2);
  return text.slice(0, at) + second + first + text.slice(at + 2);
}

/** Tokens and links that somebody has made up, or changed, or taken from elsewhere: none is good for anything. */
export const tokensTarget: FuzzTarget = {
  name: "tokens and links",
  usualCases: 20_000,
  async open() {
    const sealed = await everythingSealed();
    for (const { name, made, isTaken } of sealed) {
      const [good, other, foreign] = made;
      for (const text of [good, other]) {
        if (!(await isTaken(text))) throw new Error(`A good ${name} is not taken`);
      }
      const elsewhere = sealed.filter((each) => each.name !== name).flatMap((each) => each.made);
      for (const text of [foreign, ...elsewhere]) {
        if (await isTaken(text)) throw new Error(`${text} is taken as ${name}`);
      }
    }
    const drawn = fc.tuple(
      fc.nat(sealed.length - 1),
      fc.nat(forgeries.length - 1),
      fc.nat(1_000_000),
      fc.nat(1_000_000),
    );
    const property = fc.asyncProperty(drawn, async ([which, how, at, by]) => {
      const { name, made, isTaken } = sealed[which] as Sealed;
      const [good, other, foreign] = at % 2 === 0 ? made : [made[1], made[0], made[2]];
      const from = by % 5 === 0 ? foreign : other;
      const forged = forgeries[how]?.(good, from, at % good.length, by) ?? "";
      if (!made.includes(forged) && (await isTaken(forged))) {
        throw new Error(`${forged} is taken as ${name}, made of ${good}`);
      }
    });
    return { check: (bounds) => check(property, bounds), close: async () => {} };
  },
};
