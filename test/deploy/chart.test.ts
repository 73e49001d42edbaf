import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { checkConfig } from "../../src/cli/config-schema.ts";

const chart = join(import.meta.dirname, "../../deploy/helm/stepwell");
const helm = (...args: readonly string[]) => spawnSync("helm", args, { encoding: "utf8" });

interface Rendered {
  readonly kind: string;
  readonly data?: { readonly [file: string]: string };
}

/** What Helm makes of the chart with these values, each as `--set` takes it; `problem` is why it makes nothing of it. */
function rendered(...values: readonly string[]) {
  const set = values.flatMap((value) => ["--set", value]);
  // The oldest that the chart takes.
  const { stdout, stderr } = helm("template", "x", chart, "--kube-version", "1.27.0", ...set);
  const objects = parseAllDocuments(stdout).flatMap(
    (document) => (document.toJS() as Rendered | null) ?? [],
  );
  return { objects, problem: stderr };
}

function configOf(objects: readonly Rendered[]) {
  const map = objects.find(({ kind }) => kind === "ConfigMap");
  return checkConfig(parse(map?.data?.["stepwell.config.yaml"] ?? ""), "the ConfigMap");
}

describe.skipIf(helm("version").status !== 0)("the chart, rendered (needs helm)", () => {
  test("has each object, and a configuration that is right, as it is and with values of one's own", () => {
    const { objects, problem } = rendered();
    expect(problem).toBe("");
    expect(objects.map(({ kind }) => kind).sort()).toEqual([
      "ConfigMap",
      "Deployment",
      "NetworkPolicy",
      "PodDisruptionBudget",
      "Service",
      "Service",
      "ServiceAccount",
    ]);
    expect(configOf(objects)).toMatchObject({ auth: { mode: "required" }, insecureListen: true });
    const closed = ["tls.existingSecret=certificate", "config.limits.payloadBytes=1048576"];
    expect(configOf(rendered(...closed).objects)).toMatchObject({
      insecureListen: false,
      limits: { payloadBytes: 1_048_576 },
    });
  });

  test.each([
    ["replica=2", "additional properties 'replica' not allowed"],
    ["tls=null", "missing property 'tls'"],
    ["service.port=null", "'/service': missing property 'port'"],
    ["auth.mode=none", "value must be one of 'required', 'open'"],
    ["config.store=postgres://x", "config.store is set by the chart itself"],
    ["config.auth.mode=open", "config.auth has a value of its own: say it as auth"],
  ])("refuses %s with a reason", (value, reason) => {
    const { objects, problem } = rendered(value);
    expect(objects).toEqual([]);
    expect(problem).toContain(reason);
  });
});
