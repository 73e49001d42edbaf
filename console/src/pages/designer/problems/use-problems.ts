import { createContext, use } from "react";
import type { Problems } from "./problem.ts";

export const ProblemsContext = createContext<Problems>({
  list: [],
  errors: 0,
  warnings: 0,
  isChecking: false,
  error: null,
});

/** What is wrong with the open definition, as it is known now. */
export function useProblems(): Problems {
  return use(ProblemsContext);
}
