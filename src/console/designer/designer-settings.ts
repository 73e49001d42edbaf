import type { AnsweringOptions } from "../../integrations/doctor/who-answers.ts";
import type { IntegrationSettings } from "../../integrations/integration-options.ts";

/** What the designer is told of how the server was started: what can be called, and by which names. */
export interface DesignerSettings
  extends
    Pick<
      IntegrationSettings,
      | "functionsFolder"
      | "functions"
      | "standIns"
      | "commands"
      | "connections"
      | "mail"
      | "databases"
    >,
    Pick<AnsweringOptions, "aws" | "clientsFolder" | "standInServices"> {
  /** Folders that stand in for buckets, by the buckets' names. */
  readonly buckets?: { readonly [name: string]: string };
  /** The folder with a folder for each other bucket. */
  readonly objectFolder?: string | undefined;
}
