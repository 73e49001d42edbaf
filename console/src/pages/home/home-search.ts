import { windowSearch, type WindowSearch } from "../../parts/window-search.ts";

/** The window that was chosen in the chart; absent: the last 24 hours. */
export type HomeSearch = WindowSearch;

export const homeSearch = windowSearch;
