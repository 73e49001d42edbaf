import { accessSync, constants } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** Our choice of order: the one that needs no daemon first. */
const engines = ["podman", "docker"];

/** The program that runs containers: the configured one, else podman or docker, whichever is there; `undefined`: none is. */
export function containerEngine(configured: string | undefined): string | undefined {
  return (configured === undefined ? engines : [configured]).map(programAt).find(Boolean);
}

function programAt(name: string): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter(Boolean);
  const paths = isAbsolute(name) ? [name] : folders.map((folder) => join(folder, name));
  return paths.find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
