import type { Extension } from "@codemirror/state";

/** What the text is edited with: it is part of the store's state from the first, so that a view can come and go. */
export function codeExtensions(): Extension {
  return [];
}
