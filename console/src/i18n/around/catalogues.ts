import type { Widened } from "../catalogue.ts";
import { alerts } from "./en/alerts.ts";
import { cost } from "./en/cost.ts";
import { functions } from "./en/functions.ts";
import { stacks } from "./en/stacks.ts";
import { triggers } from "./en/triggers.ts";
import { alerts as koAlerts } from "./ko/alerts.ts";
import { cost as koCost } from "./ko/cost.ts";
import { functions as koFunctions } from "./ko/functions.ts";
import { stacks as koStacks } from "./ko/stacks.ts";
import { triggers as koTriggers } from "./ko/triggers.ts";

const en = { alerts, cost, functions, stacks, triggers };
export type AroundCatalogue = Widened<typeof en>;

/** The texts of what is around the engine come with its pages: the first one does not need them. */
export const aroundTexts: { readonly en: AroundCatalogue; readonly ko: AroundCatalogue } = {
  en,
  ko: {
    alerts: koAlerts,
    cost: koCost,
    functions: koFunctions,
    stacks: koStacks,
    triggers: koTriggers,
  },
};
