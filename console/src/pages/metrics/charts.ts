import type { Catalogue } from "../../i18n/catalogue.ts";

type SeriesName = keyof Catalogue["metrics"]["series"];

export interface ChartLine {
  readonly name: SeriesName;
  /** A token of the theme. */
  readonly colour: "--run" | "--ok" | "--fail" | "--wait" | "--off" | "--accent";
  /** Drawn as a dashed line, so that lines differ in more than their colour. */
  readonly isDashed?: boolean;
}

export interface ChartShown {
  readonly id: keyof Catalogue["metrics"]["charts"];
  readonly lines: readonly ChartLine[];
}

/** The charts of the page, in their order: what happens first, then what it takes. */
export const charts: readonly ChartShown[] = [
  {
    id: "executions",
    lines: [
      { name: "started", colour: "--run" },
      { name: "succeeded", colour: "--ok", isDashed: true },
      { name: "failed", colour: "--fail" },
    ],
  },
  { id: "open", lines: [{ name: "open", colour: "--run" }] },
  {
    id: "calls",
    lines: [
      { name: "calls", colour: "--run" },
      { name: "callErrors", colour: "--fail", isDashed: true },
    ],
  },
  {
    id: "callTime",
    lines: [
      { name: "callP50", colour: "--run" },
      { name: "callP99", colour: "--wait", isDashed: true },
    ],
  },
  {
    id: "tasks",
    lines: [
      { name: "tasks", colour: "--run" },
      { name: "taskFailures", colour: "--fail", isDashed: true },
    ],
  },
  {
    id: "taskTime",
    lines: [
      { name: "taskP50", colour: "--run" },
      { name: "taskP99", colour: "--wait", isDashed: true },
    ],
  },
  {
    id: "commitTime",
    lines: [
      { name: "commitP50", colour: "--run" },
      { name: "commitP99", colour: "--wait", isDashed: true },
    ],
  },
  {
    id: "stored",
    lines: [
      { name: "events", colour: "--run" },
      { name: "commits", colour: "--wait", isDashed: true },
    ],
  },
  {
    id: "loop",
    lines: [
      { name: "loopP50", colour: "--run" },
      { name: "loopP99", colour: "--wait", isDashed: true },
    ],
  },
  { id: "feed", lines: [{ name: "feedWaiting", colour: "--run" }] },
  {
    id: "memory",
    lines: [
      { name: "memory", colour: "--run" },
      { name: "heap", colour: "--off", isDashed: true },
    ],
  },
  { id: "cpu", lines: [{ name: "cpu", colour: "--run" }] },
];
