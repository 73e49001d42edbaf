import { existsSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isJsonObject, ownMember, type JsonObject } from "../expression/json.ts";
import { definedNames, onlyPositional, parseArguments } from "./arguments.ts";
import { CommandFailure, UsageError } from "./errors.ts";
import type { Command } from "./main.ts";
import { readDefinition } from "./read-definition.ts";
import { readProblem } from "./text-file.ts";

const help = `Draw a definition, as the console does: an SVG image for documentation.

Usage: stepwell graph DEFINITION [OPTIONS]

Options:
  --svg FILE            Where to write the image; without it, to stdout
  --theme THEME         light (the default) or dark
  --define Name=value   Fill in \${Name} in strings; may be repeated
  --help, -h            Show this

Drafts are drawn as far as they go. Any browser makes a PNG of the image, as do rsvg-convert and Inkscape:
  rsvg-convert --zoom 2 order.svg --output order.png
`;

/** `stepwell graph DEFINITION`: the picture that the console saves. */
export const graph: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      svg: { type: "string" },
      theme: { type: "string" },
      define: { type: "string", multiple: true },
    });
    const path = onlyPositional(positionals, "DEFINITION");
    const theme = themeOf(values.theme);
    const definition = await definitionIn(path, definedNames(values.define));
    const draw = await loadDrawing();
    // What a definition keeps of its numbers' text is nothing to a drawing.
    const image = await draw(JSON.parse(JSON.stringify(definition)), theme);
    if (values.svg === undefined) process.stdout.write(`${image}\n`);
    else write(values.svg, image);
    return 0;
  },
};

type Theme = "light" | "dark";

function themeOf(value: string | undefined): Theme {
  if (value === undefined || value === "light" || value === "dark") return value ?? "light";
  throw new UsageError(`--theme is light or dark, not '${value}'.`);
}

async function definitionIn(
  path: string,
  defined: ReadonlyMap<string, string>,
): Promise<JsonObject> {
  const { content } = await readDefinition(path, defined);
  if ("syntaxError" in content) {
    throw new CommandFailure(
      `${path} cannot be read: ${content.syntaxError.message}. See: stepwell validate ${path}`,
    );
  }
  const { value } = content;
  if (!isJsonObject(value) || !isJsonObject(ownMember(value, "States"))) {
    throw new CommandFailure(`${path} is no definition: it has no object 'States'.`);
  }
  return value;
}

type Draw = (definition: unknown, theme: Theme) => Promise<string>;

/** Beside the compiled command line, or where a checkout's build puts it. */
const places = ["../graph/graph-file.js", "../../dist/graph/graph-file.js"];

/** The console's drawing, which is bundled for Node when the console is built. */
async function loadDrawing(): Promise<Draw> {
  const bundle = places
    .map((place) => new URL(place, import.meta.url))
    .find((place) => existsSync(fileURLToPath(place)));
  if (bundle === undefined) {
    throw new CommandFailure("The console has not been built, which draws graphs: npm run build");
  }
  const { graphFile } = (await import(bundle.href)) as { readonly graphFile: Draw };
  return graphFile;
}

function write(path: string, image: string): void {
  try {
    writeFileSync(path, `${image}\n`);
  } catch (error) {
    throw new CommandFailure(`${path} cannot be written: ${readProblem(error)}`, { cause: error });
  }
}
