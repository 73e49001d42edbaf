import type { DocumentFault, DocumentNode } from "./definition-document.ts";

/** What the reader of a notation gives. */
export interface ReadText {
  readonly root: DocumentNode | undefined;
  readonly faults: readonly DocumentFault[];
}

/** Our choice: fifty scopes in each other, the most that the server takes, have four levels each. */
export const deepestValue = 300;

/** Our choice: more than a list of problems is read for. */
export const mostFaults = 100;

/** Our choice: four times what the service takes of a definition (1 MB). */
export const longestText = 4_000_000;
