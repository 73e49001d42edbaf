import { BoundedMap } from "../../../integrations/http/connections/bounded-map.ts";
import type { JsonObject } from "../../../expression/json.ts";

/** *Our choice*: of how many clients an answer is remembered. */
const mostRemembered = 10_000;

/** What functions of authorizers have answered, for as long as the authorizer says. */
export class RememberedAnswers {
  readonly #answers = new BoundedMap<
    string,
    { readonly until: number; readonly answer: JsonObject }
  >(mostRemembered);

  /** What is remembered for this key, or what `ask` gives. */
  async of(
    key: string,
    seconds: number,
    now: number,
    ask: () => Promise<JsonObject>,
  ): Promise<JsonObject> {
    const known = seconds > 0 ? this.#answers.get(key) : undefined;
    if (known !== undefined && known.until > now) return known.answer;
    const answer = await ask();
    if (seconds > 0) this.#answers.set(key, { until: now + seconds * 1_000, answer });
    return answer;
  }
}
