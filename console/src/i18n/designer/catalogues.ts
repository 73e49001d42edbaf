import type { Widened } from "../catalogue.ts";
import { canvas } from "./en/canvas.ts";
import { code } from "./en/code.ts";
import { expressionDocs } from "./en/expression-docs.ts";
import { gallery } from "./en/gallery.ts";
import { inspector } from "./en/inspector.ts";
import { page } from "./en/page.ts";
import { question } from "./en/question.ts";
import { ship } from "./en/ship.ts";
import { trying } from "./en/trying.ts";
import { canvas as koCanvas } from "./ko/canvas.ts";
import { code as koCode } from "./ko/code.ts";
import { expressionDocs as koExpressionDocs } from "./ko/expression-docs.ts";
import { gallery as koGallery } from "./ko/gallery.ts";
import { inspector as koInspector } from "./ko/inspector.ts";
import { page as koPage } from "./ko/page.ts";
import { question as koQuestion } from "./ko/question.ts";
import { ship as koShip } from "./ko/ship.ts";
import { trying as koTrying } from "./ko/trying.ts";

const en = { page, canvas, code, inspector, question, trying, ship, gallery, expressionDocs };
export type DesignerCatalogue = Widened<typeof en>;

/** The designer's texts come with its page: nobody else needs them. */
export const designerTexts: { readonly en: DesignerCatalogue; readonly ko: DesignerCatalogue } = {
  en,
  ko: {
    page: koPage,
    canvas: koCanvas,
    code: koCode,
    inspector: koInspector,
    question: koQuestion,
    trying: koTrying,
    ship: koShip,
    gallery: koGallery,
    expressionDocs: koExpressionDocs,
  },
};
