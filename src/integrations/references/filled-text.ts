import { readFileSync } from "node:fs";
import { resolve } from "node:path";

/**
 * A text of the configuration with what it refers to filled in, and those values; or a sentence on what is missing, which never
 * holds a secret.
 */
export type FilledText =
  { readonly text: string; readonly values: readonly string[] } | { readonly problem: string };

/** Where references are looked up. */
export interface References {
  readonly environment: { readonly [name: string]: string | undefined };
  /** What the paths of files are relative to. */
  readonly folder: string;
}

/** `${NAME}` is an environment variable, `${file:PATH}` what is in a file: as secrets of Docker and Kubernetes come. */
const reference = /\$\{(?:([A-Za-z_][A-Za-z0-9_]*)|file:([^}]+))\}/g;

/** Our choice: what is larger is no secret. */
const largestFile = 65_536;

/** Whether the text is nothing but one reference. */
export function isReference(text: string): boolean {
  return text.replace(reference, "") === "" && [...text.matchAll(reference)].length === 1;
}

/** The files that the text refers to, as they are written in it. */
export function referredFiles(text: string): readonly string[] {
  return [...text.matchAll(reference)].flatMap(([, , path]) => path ?? []);
}

/** Fills references in. Files are read each time: they may be renewed. */
export function filledText(text: string, references: References): FilledText {
  return filled(text, references, (value) => value);
}

/**
 * The same in a URL. *Our choice*: a reference that is a part of it is encoded, so that a password may have any characters; one
 * that is all of it stands for the whole URL.
 */
export function filledUrl(text: string, references: References): FilledText {
  return filled(text, references, isReference(text) ? (value) => value : encodeURIComponent);
}

function filled(
  text: string,
  { environment, folder }: References,
  encoded: (value: string) => string,
): FilledText {
  let problem: string | undefined;
  const values: string[] = [];
  const whole = text.replaceAll(reference, (_, name: string | undefined, path: string) => {
    const found =
      name === undefined ? fileText(resolve(folder, path)) : variable(name, environment[name]);
    if ("problem" in found) {
      problem ??= found.problem;
      return "";
    }
    values.push(found.value);
    return encoded(found.value);
  });
  return problem === undefined ? { text: whole, values } : { problem };
}

type Found = { readonly value: string } | { readonly problem: string };

function variable(name: string, value: string | undefined): Found {
  return value === undefined
    ? { problem: `the environment variable ${name} is not set` }
    : { value };
}

/** Editors end a file with a line break, which is no part of the secret. */
function fileText(path: string): Found {
  try {
    const text = readFileSync(path, "utf8");
    return text.length > largestFile
      ? { problem: `the file ${path} is larger than a secret is` }
      : { value: text.replace(/\r?\n$/, "") };
  } catch (error) {
    const { code = "unknown" } = error as { readonly code?: string };
    return { problem: `the file ${path} cannot be read (${code})` };
  }
}
