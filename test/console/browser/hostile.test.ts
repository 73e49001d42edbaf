import { beforeAll, describe, expect } from "vitest";
import { executionArn, machineArn, pageOf, taskArn } from "./arns.ts";
import { browserTest, browserTests, isWithBrowser } from "./browser-tests.ts";
import { ConsoleApi, until } from "./console-api.ts";
import { settled, sideways, walkTo } from "./page-checks.ts";
import { makeSampleTriggers } from "./sample-triggers.ts";
import {
  comparisonOf,
  designerPages,
  executionPages,
  placesOfConsole,
  triggerPages,
  withEach,
  workflowPages,
  type Pages,
} from "./pages.ts";

const tests = browserTests({ withExamples: false });

const script = "<script>document.title='owned'</script>";
const markup = `<img src=x onerror="document.title='owned'">`;
const rightToLeft = "\u202Egnp.\u2066evil\u2069";
const longWord = "W".repeat(10_240);
/** JSON text of a string that is no text: half a character. */
const half = String.raw`"half \ud800 a pair"`;

/** What nobody but us may put into a page; the editor places its widgets by pictures without a source. */
const foreign = "main img:not(.cm-widgetBuffer), main script, main iframe";

/** As far as the API takes it for a name. */
const workflow = "__proto__";
const run = "constructor-'run'-(1)!@한국어";
const states = [script, markup, rightToLeft, "__proto__", "W".repeat(80)];
const [first = "", second = "", third = "", fourth = "", last = ""] = states;
const definition = JSON.stringify({
  Comment: script + markup,
  StartAt: first,
  States: {
    [first]: { Type: "Pass", Comment: markup, Next: second },
    [second]: {
      Type: "Choice",
      Choices: [{ Variable: "$.never", StringEquals: markup, IsPresent: true, Next: third }].map(
        ({ Variable, StringEquals, Next }) => ({ Variable, StringEquals, Next, Comment: script }),
      ),
      Default: third,
    },
    [third]: {
      Type: "Map",
      ItemsPath: "$.items",
      ResultPath: null,
      ItemProcessor: {
        StartAt: "hasOwnProperty",
        States: { hasOwnProperty: { Type: "Pass", End: true } },
      },
      Next: fourth,
    },
    [fourth]: {
      Type: "Task",
      Resource: taskArn("toString"),
      Comment: longWord,
      Retry: [{ ErrorEquals: [markup], MaxAttempts: 1 }],
      Catch: [{ ErrorEquals: [script], Next: last }],
      Next: last,
    },
    [last]: { Type: "Succeed" },
  },
});
const schema = {
  type: "object",
  required: ["__proto__x"],
  properties: {
    __proto__x: { type: "string", title: markup, description: script, default: rightToLeft },
    [longWord.slice(0, 300)]: { type: "boolean" },
    constructor: { type: "string", enum: [script, markup, longWord.slice(0, 500)] },
  },
};
/** Written by hand: a value of JavaScript has no own `__proto__`, and no half of a character. */
const input = `{"never":"","items":[1,2],"title":${JSON.stringify(script + longWord.slice(0, 400))},"text":${JSON.stringify(markup + rightToLeft)},"schema":${JSON.stringify(schema)},"__proto__":{"polluted":${JSON.stringify(script)}},"half":${half},"word":"${longWord}",${JSON.stringify(markup)}:[${JSON.stringify(rightToLeft)}]}`;

const isLoaded = (name: string): boolean => name === "link" || name.startsWith("no-such");

let pages: Pages;
beforeAll(async () => {
  if (!isWithBrowser) return;
  const { service } = tests.server;
  const api = new ConsoleApi(tests.server);
  await service.call("CreateActivity", { name: "toString" });
  await service.call("CreateStateMachine", {
    name: workflow,
    definition,
    roleArn: "arn:aws:iam::000000000000:role/test",
    tags: [{ key: "its", value: "a + b = c @ d" }],
  } as never);
  await service.call("PublishStateMachineVersion", {
    stateMachineArn: machineArn(workflow),
    description: script + markup,
  } as never);
  const failed = await api.start(workflow, `${run}-failed`, input);
  await api.work("toString", { error: (markup + script).slice(0, 200), cause: markup + longWord });
  await api.ended(failed, "FAILED");
  const waiting = await api.start(workflow, run, input);
  await until(
    "it waits",
    async () => (await api.visits(waiting)).at(-1)?.name === fourth || undefined,
  );
  const { taskId } = await api.asked(waiting);
  const question = { executionArn: waiting, taskId };
  const { url } = await api.send<{ readonly url: string }>("links", question);
  const link = url.replace(tests.server.url, "");
  const triggers = await makeSampleTriggers(api, machineArn(workflow), {
    name: "constructor".padEnd(64, "W"),
    description: markup + script + rightToLeft + longWord.slice(0, 300),
    input,
    source: markup,
  });
  pages = {
    ...placesOfConsole,
    ...triggerPages(triggers),
    ...workflowPages(machineArn(workflow)),
    ...designerPages(machineArn(workflow), `/${fourth}`),
    ...executionPages(failed, "failed"),
    ...executionPages(waiting, "waiting"),
    compare: comparisonOf(failed, waiting),
    "compare-definition": `${comparisonOf(failed, waiting)}&tab=definition`,
    import: "/import",
    "stand-ins": "/stand-ins",
    "designer-test-markup": `${pageOf("workflows", machineArn(workflow))}/design?tool=test&state=${encodeURIComponent(`/${markup}`)}`,
    filtered: `/executions?q=${encodeURIComponent(markup)}`,
    state: `${pageOf("executions", waiting)}?state=${encodeURIComponent(`/${script}`)}`,
    // From here on nothing is walked to: a link leads to a document that is not the console's.
    link,
    "no-such-execution": pageOf("executions", executionArn(workflow, markup)),
    "no-such-workflow": pageOf("workflows", script),
  };
}, 60_000);

describe("what others wrote is text on every page", () => {
  browserTest(
    "of a wide and of a narrow screen, and none scrolls sideways",
    async () => {
      // What does not exist is answered with an error, which the browser tells.
      tests.forgive(/Failed to load resource.* 400/);
      const wide: Record<string, string> = {};
      const loaded = new Set<string>();
      await withEach(pages, async () => {
        const page = await tests.comes();
        return async (name, path) => {
          const address = tests.server.url + path;
          const [, kind = ""] = path.split(/[/?]/);
          if (loaded.has(kind) && !isLoaded(name)) {
            await walkTo(page, address);
          } else {
            // One page of each kind is loaded by its address.
            loaded.add(kind);
            await page.goto(address);
            if (name.startsWith("no-such")) await page.getByRole("alert").waitFor();
            else await settled(page);
          }
          expect(await page.title(), name).not.toBe("owned");
          expect(await page.locator(foreign).count(), name).toBe(0);
          for (const width of [1440, 390]) {
            await page.setViewportSize({ width, height: 844 });
            const by = await sideways(page);
            if (by !== undefined) wide[`${name} at ${width}`] = by;
          }
        };
      });
      // Two runs of states with such names are wider than a narrow screen: nothing of it is lost, and nothing is run.
      delete wide["compare at 390"];
      expect(wide).toEqual({});
    },
    300_000,
  );
});

browserTest(
  "the policy's reports are heard: an element of style that a script adds is one",
  async () => {
    tests.forgive(
      /refused by the policy: style-src-elem inline|Applying inline style|Refused to apply/,
    );
    const page = await tests.open("/settings");
    await settled(page);
    const heard = page.evaluate(
      () =>
        new Promise((resolve) => {
          addEventListener("securitypolicyviolation", (event) => resolve(event.violatedDirective));
          document.head.append(
            Object.assign(document.createElement("style"), { textContent: "p{}" }),
          );
        }),
    );
    expect(await heard).toBe("style-src-elem");
  },
);
