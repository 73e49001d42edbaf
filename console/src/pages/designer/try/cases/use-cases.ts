import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useSyncExternalStore } from "react";
import type { TestCase, TestCaseSet } from "../../../../../../src/console/view-types.ts";
import { ServerError } from "../../../../api/client.ts";
import { designerTry } from "../../../../api/designer-try.ts";
import { useDesignerText } from "../../../../i18n/designer/texts.ts";
import { useDesigner } from "../../use-designer.ts";

export interface Cases {
  readonly cases: readonly TestCase[];
  /** They are kept with the draft: the workflow is new. */
  readonly isDraft: boolean;
  readonly isLoading: boolean;
  readonly error: Error | null;
  /** Replaces all of them; refused if somebody else changed them since they were read. */
  readonly put: (cases: readonly TestCase[]) => Promise<void>;
}

const none: readonly TestCase[] = [];

/** The test cases of the open workflow. */
export function useCases(): Cases {
  const text = useDesignerText().trying.cases;
  const { workflow, cases: newCases } = useDesigner();
  const { machine } = workflow;
  const draft = useSyncExternalStore(
    useCallback((listener) => newCases.subscribe(listener), [newCases]),
    () => newCases.cases,
  );
  const client = useQueryClient();
  const arn = machine?.stateMachineArn ?? "";
  const queryKey = ["designer", "cases", arn];
  const read = useQuery({
    queryKey,
    queryFn: () => designerTry.testCases(arn),
    enabled: machine !== undefined,
  });
  if (machine === undefined) {
    return {
      cases: draft,
      isDraft: true,
      isLoading: false,
      error: null,
      put: (cases) => {
        newCases.set(cases);
        return Promise.resolve();
      },
    };
  }
  return {
    cases: read.data?.cases ?? none,
    isDraft: false,
    isLoading: read.isPending,
    error: read.error,
    async put(cases) {
      try {
        const version = read.data?.version;
        const change = { cases, ...(version !== undefined && { version }) };
        const set = await designerTry.putTestCases(arn, change);
        client.setQueryData<TestCaseSet>(queryKey, set);
      } catch (error) {
        if (!(error instanceof ServerError) || error.code !== "ConflictException") throw error;
        await client.invalidateQueries({ queryKey });
        throw new Error(text.conflict, { cause: error });
      }
    },
  };
}
