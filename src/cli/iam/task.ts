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
  };
}

/** What there is to print: for programs, and for people. */
export interface IamResult {
  readonly data: Shown;
  readonly text: string;
}

/** One thing that `stepwell iam` does. */
export type IamTask = (request: IamRequest) => Promise<IamResult>;
