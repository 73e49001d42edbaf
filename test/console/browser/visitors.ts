/// <reference lib="dom" />
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type Faults, watchPages } from "./page-watch.ts";

export interface VisitorOptions extends BrowserContextOptions {
  readonly theme?: "light" | "dark";
  readonly language?: "en" | "ko";
  /** Of no other test: for those that give the page scripts, or a clock, which nobody can take back. */
  readonly isAlone?: boolean;
}

interface Visitor {
  readonly options: VisitorOptions;
  readonly page: Page;
  readonly faults: Faults;
}

/** A document that costs nothing, of the server's own origin: the next page is drawn by the same process. */
const blank = "/health/live";
const viewport = { width: 1440, height: 900 };

/**
 * Who looks at pages. One whose test is over comes again as somebody else, with nothing remembered: a new one would need a process,
 * and all of the console's code once more, which is most of what many tests take.
 */
export class Visitors {
  readonly #browser: Browser;
  readonly #here: Visitor[] = [];
  readonly #gone = new Map<string, Visitor[]>();

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** What they look at now. */
  get pages(): readonly Page[] {
    return this.#here.flatMap(({ page }) => page.context().pages());
  }

  /** A page of somebody who was never at this server; it shows nothing yet. */
  async come(server: string, options: VisitorOptions = {}): Promise<Page> {
    const known = options.isAlone === true ? undefined : this.#gone.get(keyOf(options))?.pop();
    const visitor = known ?? (await this.#visitor(options));
    this.#here.push({ ...visitor, options });
    const { page } = visitor;
    const { theme, language = "en" } = options;
    await page.context().clearCookies();
    await page.setViewportSize(options.viewport ?? viewport);
    await page.emulateMedia({ colorScheme: theme ?? "light" });
    await page.goto(new URL(blank, server).href);
    await page.evaluate(
      (remembered) => {
        localStorage.clear();
        sessionStorage.clear();
        for (const [name, value] of Object.entries(remembered)) {
          localStorage.setItem(`stepwell.${name}`, value);
        }
      },
      { ...(theme !== undefined && { theme }), language },
    );
    return page;
  }

  /** All leave; resolves with what went wrong on their pages. One of them may come again if the test was as it should be. */
  async leave(isAsItShould: boolean): Promise<string[]> {
    const leaving = this.#here.splice(0);
    await Promise.all(leaving.map((visitor) => this.#goes(visitor, isAsItShould)));
    return leaving.flatMap(({ faults }) => faults.found.splice(0));
  }

  async #visitor(options: VisitorOptions): Promise<Visitor> {
    const context = await this.#browser.newContext({
      locale: "en-US",
      timezoneId: "UTC",
      reducedMotion: "reduce",
      viewport,
      ...ofContext(options),
    });
    // A busy machine can take a hundred times as long as another.
    context.setDefaultTimeout(30_000);
    const faults = await watchPages(context);
    return { options, page: await context.newPage(), faults };
  }

  async #goes(visitor: Visitor, mayComeAgain: boolean): Promise<void> {
    const { page, options } = visitor;
    const others = page
      .context()
      .pages()
      .filter((each) => each !== page);
    await Promise.all(others.map((each) => each.close()));
    if (!mayComeAgain || options.isAlone === true || page.isClosed()) {
      return await page.context().close();
    }
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await page.goto(new URL(blank, page.url()).href);
    const key = keyOf(options);
    this.#gone.set(key, [...(this.#gone.get(key) ?? []), visitor]);
  }
}

/** What cannot be changed any more once somebody is there. */
function ofContext({
  theme: _theme,
  language: _language,
  isAlone: _isAlone,
  viewport: _viewport,
  ...context
}: VisitorOptions): BrowserContextOptions {
  return context;
}

/** One who was here can come again as whoever differs in nothing of this: he has the console's code already. */
function keyOf(options: VisitorOptions): string {
  return JSON.stringify(ofContext(options));
}
