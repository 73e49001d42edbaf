import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import { UsageError } from "./errors.ts";

/**
 * Parses a sub-command's arguments. What does not fit is a {@link UsageError} in the words of `node:util`'s parseArgs,
 * which name the option.
 */
export function parseArguments<const Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
): ParsedArguments<Options> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options,
      strict: true,
      allowPositionals: true,
      allowNegative: true,
    });
    return { values, positionals };
  } catch (error) {
    throw new UsageError(firstSentence(error), { cause: error });
  }
}

export interface ParsedArguments<Options extends ParseArgsOptionsConfig> {
  readonly values: ReturnType<typeof parseArgs<{ options: Options; strict: true }>>["values"];
  readonly positionals: readonly string[];
}

/** The rest of Node's message is about positional arguments that begin with a dash. */
function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/[.] To specify a positional argument.*$/s, ".");
}

/** The one positional argument that a command takes. */
export function onlyPositional(positionals: readonly string[], name: string): string {
  const [first, second] = positionals;
  if (first === undefined) throw new UsageError(`${name} is missing.`);
  if (second !== undefined) throw new UsageError(`There is one ${name}; '${second}' is too many.`);
  return first;
}

/** The value of `--type`. */
export function stateMachineType(value: string | undefined): "STANDARD" | "EXPRESS" {
  const type = value?.toUpperCase() ?? "STANDARD";
  if (type === "STANDARD" || type === "EXPRESS") return type;
  throw new UsageError(`--type is STANDARD or EXPRESS, not '${value}'.`);
}

/** The values of `--define Name=value`. */
export function definedNames(values: readonly string[] | undefined): ReadonlyMap<string, string> {
  const defined = new Map<string, string>();
  for (const value of values ?? []) {
    const separator = value.indexOf("=");
    if (separator < 1) throw new UsageError(`--define takes Name=value, not '${value}'.`);
    defined.set(value.slice(0, separator), value.slice(separator + 1));
  }
  return defined;
}
