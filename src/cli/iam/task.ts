import type { IamClient, Shown } from "./iam-client.ts";

/** What one of the tasks of `stepwell iam` is told. */
export interface IamRequest {
  readonly client: IamClient;
  /** Its arguments, as many as it has. */
  readonly given: readonly string[];
  readonly options: {
    readonly admin?: boolean | undefined;
    readonly group?: readonly string[] | undefined;
    readonly trust?: string | undefined;
    readonly name?: string | undefined;
    readonly role?: string | undefined;
    readonly policy?: readonly string[] | undefined;
    readonly machine?: string | undefined;
    readonly type?: string | undefined;
    readonly define?: readonly string[] | undefined;
    readonly logs?: boolean | undefined;
    readonly traces?: boolean | undefined;
    readonly "write-policy"?: string | undefined;
  };
}

/** What there is to print: for programs, and for people. */
export interface IamResult {
  readonly data: Shown;
  readonly text: string;
  /** It was done, and found what is wrong; absent: it found nothing. */
  readonly isProblem?: boolean;
}

/** One thing that `stepwell iam` does. */
export type IamTask = (request: IamRequest) => Promise<IamResult>;
