/// <reference lib="dom" />
import type { Page } from "playwright-core";

/** The page has what it shows: its heading is there, and nothing says any more that it is being read or laid out. */
export async function settled(page: Page): Promise<void> {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(() => {
    const statuses = [...document.querySelectorAll('main [role="status"]')];
    const isRead = statuses.every(({ textContent }) => textContent !== "Loading");
    return isRead && document.querySelector('main [aria-busy="true"]') === null;
  });
}

/**
 * Goes to an address of the console as its own links do: the code that is there already is not loaded again, which is most of
 * what a page costs. It goes by a page that has nothing, so that nothing of the page before stays, and settles.
 */
export async function walkTo(page: Page, address: string): Promise<void> {
  const nothing = page.getByRole("heading", { name: "There is no such page" });
  const show = (to: string) => page.evaluate((url) => history.pushState({}, "", url), to);
  await show("/console/nowhere");
  await nothing.waitFor();
  await show(address);
  await nothing.waitFor({ state: "detached" });
  await settled(page);
}

/** By how much the page is wider than the window, and what sticks out of it; `undefined` if it is not. */
export function sideways(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return undefined;
    const out = [...document.querySelectorAll("main *")].filter((element) => {
      let box = element.parentElement;
      for (; box !== null; box = box.parentElement) {
        if (getComputedStyle(box).overflowX !== "visible") return false;
      }
      return element.getBoundingClientRect().right > clientWidth + 1;
    });
    const innermost = out.filter(
      (element) => !out.some((each) => element !== each && element.contains(each)),
    );
    const [first] = innermost;
    return `${scrollWidth - clientWidth} px: ${first?.tagName} ${first?.className} in ${first?.parentElement?.className}`;
  });
}
