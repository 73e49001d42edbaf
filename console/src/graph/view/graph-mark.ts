import type { ReactNode } from "react";
import type { Tone } from "../../parts/status.tsx";
import type { GraphEdge } from "../model.ts";

/** What is said of a state in place of its status: a sign, a word and a colour. */
export interface GraphMark {
  readonly tone: Tone;
  readonly sign: ReactNode;
  readonly word: string;
}

/** Says something else of states and ways than how a run went; what has no mark is drawn as not entered. */
export interface GraphDecoration {
  /** By the keys of states. */
  readonly marks: ReadonlyMap<string, GraphMark>;
  /** `undefined`: nobody went that way. */
  readonly toneOfEdge: (edge: GraphEdge) => Tone | undefined;
}
