/** What of others is in the console's files, with the licence that it is used under. `notices.test.ts` keeps it whole. */
export const notices: readonly { readonly name: string; readonly licence: string }[] = [
  { name: "@dagrejs/dagre", licence: "MIT" },
  { name: "@tanstack/react-query", licence: "MIT" },
  { name: "@tanstack/react-router", licence: "MIT" },
  { name: "@tanstack/react-virtual", licence: "MIT" },
  // Also offered under GPL-3.0-or-later; it is bundled unchanged, as a file of its own.
  { name: "elkjs", licence: "EPL-2.0" },
  { name: "lucide-react", licence: "ISC" },
  { name: "react", licence: "MIT" },
  { name: "react-aria-components", licence: "Apache-2.0" },
  { name: "react-dom", licence: "MIT" },
  { name: "tailwindcss", licence: "MIT" },
  { name: "uplot", licence: "MIT" },
];
