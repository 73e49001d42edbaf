import type { StandIn } from "../stand-ins/stand-in.ts";

/** What stands in for a service, in words. */
export function standInText(standIn: StandIn): string {
  if ("command" in standIn) {
    const { command } = standIn;
    // What follows may be secret.
    const [program = ""] = typeof command === "string" ? command.split(" ") : command;
    return `the command ${program}`;
  }
  if ("container" in standIn) return `the image ${standIn.container}`;
  if ("function" in standIn) return `the function ${standIn.function}`;
  if ("http" in standIn) return `the URL ${new URL(standIn.http).origin}`;
  if ("folder" in standIn) return `the folder ${standIn.folder}`;
  return "always the same result";
}
