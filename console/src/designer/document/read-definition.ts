import { innermostPath, locate } from "./tree.ts";
import type {
  DefinitionDocument,
  DefinitionFormat,
  DocumentFault,
  DocumentNode,
} from "./definition-document.ts";
import { readJson } from "./json/read-json.ts";
import { plainValue } from "./plain-value.ts";
import { longestText, type ReadText } from "./read-text.ts";
import { readYaml } from "./yaml/read-yaml.ts";

/** Reads a definition's text. Without a format it is JSON if it begins as an object or an array does, and YAML otherwise. */
export function readDefinition(
  text: string,
  format: DefinitionFormat = formatOf(text),
): DefinitionDocument {
  const { root, faults } = readText(text, format);
  let value: unknown;
  let isValueRead = faults.length > 0 || root === undefined;
  return {
    text,
    format,
    get value() {
      if (!isValueRead && root !== undefined) {
        value = valueOf(text, format, root);
        isValueRead = true;
      }
      return value;
    },
    faults: faults.toSorted((a, b) => a.from - b.from),
    root,
    spanOf(path) {
      const node = root && locate(root, path)?.node;
      return node && { from: node.from, to: node.to };
    },
    keySpanOf(path) {
      return root && locate(root, path)?.member?.key;
    },
    pathAt(offset) {
      return root === undefined ? [] : innermostPath(root, offset);
    },
  };
}

/** By the first character, as the command line tells the notation of a file whose name does not say it. */
export function formatOf(text: string): DefinitionFormat {
  return /^\uFEFF?\s*[{[]/.test(text) ? "json" : "yaml";
}

function readText(text: string, format: DefinitionFormat): ReadText {
  if (text.length > longestText) {
    const fault: DocumentFault = {
      from: longestText,
      to: text.length,
      code: "tooLong",
      message: `The text has more than ${longestText} characters`,
    };
    return { root: undefined, faults: [fault] };
  }
  return format === "json" ? readJson(text) : readYaml(text);
}

function valueOf(text: string, format: DefinitionFormat, root: DocumentNode): unknown {
  // The platform's parser makes the same value in a fifth of the time.
  return format === "json" ? JSON.parse(text.replace(/^\uFEFF/, "")) : plainValue(root);
}
