import { writeFileSync } from "node:fs";
import {
  convertDefinition,
  type ConvertedDefinition,
} from "../asl/to-jsonata/convert-definition.ts";
import { convertState } from "../asl/to-jsonata/convert-state.ts";
import { editsBetween, type JsonPlace } from "../asl/to-jsonata/edits.ts";
import type { ConversionNote } from "../asl/to-jsonata/note.ts";
import { noteLevelTexts, noteTexts } from "../console/designer/convert/note-texts.ts";
import { isJsonObject, ownMember, type JsonObject } from "../expression/json.ts";
import { onlyPositional, parseArguments } from "./arguments.ts";
import { editedYaml } from "./converting/edited-yaml.ts";
import { placeOfState, withStateAt } from "./converting/place-of-state.ts";
import { CommandFailure } from "./errors.ts";
import type { Command } from "./main.ts";
import { readDefinition, type DefinitionFile } from "./read-definition.ts";
import { styled } from "./terminal.ts";
import { readProblem } from "./text-file.ts";

const help = `Say a definition, JSON or YAML, in JSONata instead of JSONPath.

Usage: stepwell convert DEFINITION [OPTIONS]

Options:
  --state NAME          Only this state, wherever it is
  --output FILE         Where to write the definition, which may be DEFINITION; without it, to stdout
  --help, -h            Show this

What is not quite the same afterwards is told on stderr. What JSONata has nothing alike for stays in JSONPath.

Exit status: 0 all of it was converted, 1 some state was not, 2 the command line was wrong.
`;

/** `stepwell convert DEFINITION`: what the designer's **Convert to JSONata** does. */
export const convert: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      state: { type: "string" },
      output: { type: "string" },
    });
    const path = onlyPositional(positionals, "DEFINITION");
    const { file, definition } = await definitionIn(path);
    const conversion =
      values.state === undefined
        ? convertDefinition(definition)
        : oneState(definition, values.state, path);
    const { notes, left } = conversion;
    const text = await textOf(file, definition, conversion.definition);
    if (values.output === undefined) process.stdout.write(text);
    else write(values.output, text);
    for (const note of notes) process.stderr.write(noteLine(path, note));
    return left === 0 ? 0 : 1;
  },
};

/** A machine of JSONata has no other states. */
function oneState(
  definition: JsonObject,
  name: string,
  path: string,
): Pick<ConvertedDefinition, "definition" | "notes" | "left"> {
  const place = placeOfState(definition, name);
  if (place === undefined) throw new CommandFailure(`${path} has no state '${name}'.`);
  if (definition["QueryLanguage"] === "JSONata") return { definition, notes: [], left: 0 };
  const result = convertState(place.state);
  return {
    definition: withStateAt(definition, place.path, result.state),
    notes: result.notes.map((note) => ({ ...note, path: [...place.path, ...note.path] })),
    left: result.isConverted ? 0 : 1,
  };
}

/** YAML keeps its comments and layout; JSON is laid out anew, with the indentation that it has. */
async function textOf(
  { source, format }: DefinitionFile,
  before: JsonObject,
  after: JsonObject,
): Promise<string> {
  const edits = editsBetween(before, after);
  if (edits.length === 0) return source;
  if (format === "YAML") return await editedYaml(source, edits);
  return `${JSON.stringify(after, null, indentationOf(source))}\n`;
}

/** *Our choice*: two spaces where all of it stands on one line. */
function indentationOf(source: string): string {
  return /\n([ \t]+)\S/.exec(source)?.[1] ?? "  ";
}

async function definitionIn(
  path: string,
): Promise<{ readonly file: DefinitionFile; readonly definition: JsonObject }> {
  const file = await readDefinition(path);
  if ("syntaxError" in file.content) {
    throw new CommandFailure(
      `${path} cannot be read: ${file.content.syntaxError.message}. See: stepwell validate ${path}`,
    );
  }
  const { value } = file.content;
  if (!isJsonObject(value) || !isJsonObject(ownMember(value, "States"))) {
    throw new CommandFailure(`${path} is no definition: it has no object 'States'.`);
  }
  return { file, definition: value };
}

function noteLine(file: string, { level, code, path, from, to }: ConversionNote): string {
  const label = styled(process.stderr, ["bold", colours[level]], noteLevelTexts[level]);
  const became = to === undefined ? "" : ` → ${plain(to)}`;
  const what = from === undefined ? "" : `: ${plain(from)}${became}`;
  return `${file} ${label} ${noteTexts[code]} (at ${pointer(path)}${what})\n`;
}

const colours = { missing: "dim", differs: "yellow", left: "red" } as const;

function pointer(path: JsonPlace): string {
  return path.map((part) => `/${part}`).join("");
}

function plain(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new CommandFailure(`${path} cannot be written: ${readProblem(error)}`, { cause: error });
  }
}
