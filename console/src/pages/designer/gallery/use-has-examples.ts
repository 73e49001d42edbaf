import { useQuery } from "@tanstack/react-query";
import { designer } from "../../../api/designer.ts";

/** Whether the server has the examples' functions: those are there only where it was started with `--examples`. */
export function useHasExamples(): boolean {
  const name = "receive-order";
  const { data } = useQuery({
    queryKey: ["designer", "resources", "function", name],
    queryFn: () => designer.resources("function", { text: name }),
  });
  return data?.rows.some((row) => row.name === name) === true;
}
