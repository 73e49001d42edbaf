import { ServerError } from "../../api/client.ts";
import { useText } from "../../i18n/language.tsx";

/** Why somebody was not signed in, in his language where there are words for it. */
export function useProblemText(): (error: unknown) => string {
  const { problems } = useText().signIn;
  return (error) => {
    if (!(error instanceof ServerError)) return String(error);
    if (error.code === "SignInFailed") return problems.wrongPassword;
    return error.status === 429 ? problems.tooMany : error.message;
  };
}
