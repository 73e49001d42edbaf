import type { Access, Conditions } from "../../ports/authorizer.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DirectoryView } from "../directory/directory-view.ts";
import type { IamDirectory } from "../directory/iam-directory.ts";
import type { KeyUses } from "../directory/key-uses.ts";
import type { Sealer } from "../directory/sealer.ts";
import type { SessionTokens } from "../directory/session-tokens.ts";
import type { Passwords } from "../people/passwords.ts";
import type { FormStructure, InputOf, Members } from "./members.ts";
import { readInput } from "./members.ts";

/** What operations answer: the members of AWS's results. Dates are milliseconds in a {@link Date}. */
export type Answer = { readonly [member: string]: AnswerValue };
export type AnswerValue =
  string | number | boolean | Date | undefined | readonly AnswerValue[] | Answer;

/** What operations work with. */
export interface IamContext {
  readonly directory: IamDirectory;
  readonly sealer: Sealer;
  readonly tokens: SessionTokens;
  readonly uses: KeyUses;
  readonly passwords: Passwords;
  readonly clock: Clock;
}

/** A call, as an operation sees it. */
export interface IamCall {
  readonly caller: Caller;
  /** As it was when the call came. */
  readonly view: DirectoryView;
}

/** The resource that an operation's action is asked for, and what conditions may ask beside it. */
export interface IamAccess {
  readonly resource: string;
  readonly conditions?: Conditions;
  /** Further accesses that this input needs. */
  readonly besides?: readonly Access[];
}

/** An operation: its input, whom to ask what, and what it does. */
export interface IamOperation {
  /** Reads the input, and says what it wants and how it is done. Throws what is wrong with the input. */
  prepare(form: FormStructure, call: IamCall): PreparedOperation;
}

export interface PreparedOperation {
  /** Absent: AWS asks nobody. */
  readonly access?: IamAccess | undefined;
  perform(context: IamContext): Promise<Answer> | Answer;
}

/** What {@link operation} makes one of. One without the question who may does not compile. */
export interface OperationParts<M extends Members> {
  readonly input: M;
  /** `nobody is asked`: *documented* for GetCallerIdentity and GetSessionToken, which even a Deny does not forbid. */
  readonly access: ((input: InputOf<M>, call: IamCall) => IamAccess) | "nobody is asked";
  readonly perform: (
    input: InputOf<M>,
    context: IamContext,
    call: IamCall,
  ) => Promise<Answer> | Answer;
}

export function operation<M extends Members>(parts: OperationParts<M>): IamOperation {
  return {
    prepare(form, call) {
      const input = readInput(parts.input, form);
      const access = parts.access === "nobody is asked" ? undefined : parts.access(input, call);
      return { access, perform: (context) => parts.perform(input, context, call) };
    },
  };
}
