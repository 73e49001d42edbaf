import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { cluster } from "../../src/cli/cluster.ts";
import { checkConfig } from "../../src/cli/config-schema.ts";
import { start } from "../../src/cli/start.ts";
import { store } from "../../src/cli/store.ts";

const root = join(import.meta.dirname, "../..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const help = start.help + cluster.help + store.help;

/** What containers listen on, everywhere. */
const [apiPort, clusterPort] = [8083, 8084];
/** `src/cli/serve.ts`: what a server takes at most from the first signal to its end. */
const stopSeconds = 15;

interface Service {
  readonly image: string;
  readonly hostname?: string;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly environment?: { readonly [name: string]: string };
  readonly stop_grace_period?: string;
}

const compose = parse(read("deploy/compose.yaml"), { merge: true }) as {
  readonly services: { readonly [name: string]: Service };
  readonly volumes: object;
};
const nodes = Object.entries(compose.services).filter(([, { image }]) => image === "stepwell");

const chart = "deploy/helm/stepwell";
const values = parse(read(`${chart}/values.yaml`)) as {
  readonly cluster: object;
  readonly auth: object;
  readonly preStopSeconds: number;
  readonly terminationGracePeriodSeconds: number;
};
const templates = readdirSync(join(root, chart, "templates"))
  .map((name) => read(`${chart}/templates/${name}`))
  .join("\n");
const page = read("docs/cluster.md");

/** Options of Stepwell that the text names in command lines of Stepwell's and in code that begins with one. */
function optionsIn(text: string): readonly string[] {
  const lines = [
    ...text.matchAll(/(?:npm start --|stepwell(?:\.mjs)? (?:-- )?(?:start|cluster|store))( .*)/g),
  ];
  const spans = [...text.matchAll(/`(--[^`]*)`/g)];
  return [...lines, ...spans].flatMap(([, code = ""]) => code.match(/--[a-z][a-z-]*/g) ?? []);
}

function sources(folder: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => read(join(folder, name)))
    .join("\n");
}

describe("the image", () => {
  const dockerfile = read("deploy/Dockerfile");
  const command = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? "") as readonly string[];

  test("starts with options that there are, without root, on the ports that it names", () => {
    expect(command[0]).toBe("start");
    for (const option of command.filter((word) => word.startsWith("--"))) {
      expect(help).toContain(`${option} `);
    }
    expect(dockerfile).toContain(`EXPOSE ${apiPort} ${clusterPort}`);
    expect(dockerfile).toContain(`http://127.0.0.1:${apiPort}/health/live`);
    expect(dockerfile).toMatch(/^USER [1-9]\d*:[1-9]\d*$/m);
  });

  test("is made of files that there are, with the Node that the checkout has", () => {
    const copied = [...dockerfile.matchAll(/^COPY (?!--from|\.)(.+) \S+$/gm)];
    for (const path of copied.flatMap(([, paths = ""]) => paths.split(" "))) {
      expect(existsSync(join(root, path)), path).toBe(true);
    }
    const { devDependencies } = JSON.parse(read("package.json")) as {
      readonly devDependencies: { readonly node: string };
    };
    const major = devDependencies.node.split(".")[0];
    expect(dockerfile.match(/^FROM \S+/gm)).toEqual(Array(2).fill(`FROM node:${major}-slim`));
  });
});

describe("Compose", () => {
  test("has three nodes of one database, each with a name and a folder of its own", () => {
    expect(nodes).toHaveLength(3);
    for (const [name, { hostname, volumes = [], environment = {} }] of nodes) {
      expect(hostname).toBe(name);
      expect(volumes).toContain(`${name}:/var/lib/stepwell`);
      expect(environment["STEPWELL_STORE"]).toMatch(/^postgres:\/\/.*@database\/stepwell$/);
    }
  });

  test("mounts what there is, and gives nodes the time that they need to end", () => {
    for (const { volumes = [] } of Object.values(compose.services)) {
      for (const volume of volumes) {
        const source = volume.split(":")[0] ?? "";
        if (source.startsWith(".")) expect(existsSync(join(root, "deploy", source))).toBe(true);
        else expect(compose.volumes).toHaveProperty(source);
      }
    }
    for (const [, { stop_grace_period: period = "" }] of nodes) {
      expect(Number(/^(\d+)s$/.exec(period)?.[1])).toBeGreaterThan(stopSeconds);
    }
  });

  test("lets only this machine reach the load balancer, which has every node and asks whether it is ready", () => {
    const published = Object.values(compose.services).flatMap(({ ports = [] }) => ports);
    expect(published).toEqual([`127.0.0.1:${apiPort}:${apiPort}`]);
    const haproxy = read("deploy/haproxy.cfg");
    const servers = [...haproxy.matchAll(/^ +server (\S+) (\S+)$/gm)];
    expect(servers.map(([, name, address]) => [name, address])).toEqual(
      nodes.map(([name]) => [name, `${name}:${apiPort}`]),
    );
    expect(haproxy).toContain(`bind :${apiPort}`);
    expect(haproxy).toContain("uri /health/ready");
    // Longer than StartSyncExecution may take.
    expect(Number(/timeout server (\d+)s/.exec(haproxy)?.[1])).toBeGreaterThan(300);
  });

  test("has a configuration for its nodes that is right", () => {
    const path = "deploy/node.config.yaml";
    const config = checkConfig(parse(read(path)), path);
    expect(config.cluster?.port).toBe(clusterPort);
    expect(config.allowedHosts?.every((name) => name in compose.services)).toBe(true);
  });
});

describe("the chart", () => {
  const schema = JSON.parse(read(`${chart}/values.schema.json`)) as {
    readonly properties: { readonly [key: string]: { readonly properties?: object } };
  };

  test("has a schema of the values that it has", () => {
    const overrides = ["global", "nameOverride", "fullnameOverride"];
    const known = Object.keys(schema.properties).filter((key) => !overrides.includes(key));
    expect(known.sort()).toEqual(Object.keys(values).sort());
    for (const [key, value] of Object.entries(values) as [string, unknown][]) {
      const members = schema.properties[key]?.properties;
      if (members === undefined) continue;
      expect(Object.keys(members).sort()).toEqual(Object.keys(value as object).sort());
    }
  });

  test("uses each of its values, and no other", () => {
    const used = new Set(
      [...templates.matchAll(/[.]Values[.]([\w.]+)/g)].map(([, path = ""]) => path),
    );
    for (const path of used) {
      if (path.endsWith("Override")) continue;
      expect(values).toHaveProperty(path);
    }
    for (const key of Object.keys(values)) {
      expect(
        [...used].some((path) => path.split(".")[0] === key),
        key,
      ).toBe(true);
    }
  });

  test("starts nodes with options and a configuration that there are", () => {
    const args = /args: \[(.*)\]/.exec(templates)?.[1] ?? "";
    for (const option of args.match(/--[a-z-]+/g) ?? []) expect(help).toContain(`${option} `);
    const own = [...(/\$own := dict (.*) -/.exec(templates)?.[1] ?? "").matchAll(/"(\w+)" (\S+)/g)];
    expect(own.map(([, key]) => key)).toEqual([
      "host",
      "insecureListen",
      "port",
      "dataDir",
      "cluster",
      "auth",
      "allowedHosts",
    ]);
    const { cluster, auth } = values;
    const tls = { certFile: "tls.crt", keyFile: "tls.key" };
    expect(templates).toContain('"tls" (dict "certFile"');
    checkConfig(
      { host: "0.0.0.0", insecureListen: false, port: apiPort, cluster, auth, tls },
      "values.yaml",
    );
    expect(values.cluster).toHaveProperty("port", clusterPort);
    expect(templates).toContain(`containerPort: ${apiPort}`);
    expect(templates).toContain(`"port" ${apiPort}`);
  });

  test("is closed by default, and asks probes whatever nodes speak", () => {
    expect(values.auth).toEqual({ mode: "required" });
    const probes = templates.match(/httpGet: .*/g) ?? [];
    expect(probes).toHaveLength(3);
    for (const probe of probes) expect(probe).toContain('include "stepwell.scheme" . | upper');
  });

  test("gives nodes the time that they need to end, and is of this version", () => {
    const { preStopSeconds, terminationGracePeriodSeconds } = values;
    expect(terminationGracePeriodSeconds - preStopSeconds).toBeGreaterThan(stopSeconds);
    const { version } = JSON.parse(read("package.json")) as { readonly version: string };
    expect(parse(read(`${chart}/Chart.yaml`))).toHaveProperty("appVersion", version);
  });
});

test("the systemd unit starts with options that there are, and waits for the end", () => {
  const unit = read("deploy/systemd/stepwell.service");
  const options = optionsIn(unit);
  expect(options).toContain("--data-dir");
  for (const option of options) expect(help).toContain(`${option} `);
  expect(Number(/^TimeoutStopSec=(\d+)$/m.exec(unit)?.[1])).toBeGreaterThan(stopSeconds);
});

describe("docs/cluster.md", () => {
  const text = sources("src");

  test("names options and keys that there are", () => {
    const options = optionsIn(page);
    expect(options).toEqual(expect.arrayContaining(["--store", "--cluster-host", "--data-dir"]));
    for (const option of options) expect(help, option).toContain(option);
    const actions = [...page.matchAll(/stepwell (store [a-z]+)/g)].map(([, action = ""]) => action);
    for (const action of actions) expect(help).toContain(`stepwell ${action} `);
    const keys = [...page.matchAll(/`cluster\.(\w+)`/g)].map(([, key = ""]) => key);
    expect(keys).toContain("leaseSeconds");
    for (const key of keys) {
      const value = ["host", "listen"].includes(key) ? "localhost" : 10;
      expect(() => checkConfig({ cluster: { [key]: value } }, key)).not.toThrow();
    }
    for (const [, yaml = ""] of page.matchAll(/```yaml\n([^]*?)```/g)) {
      checkConfig(parse(yaml), "docs/cluster.md");
    }
  });

  test("names figures that are counted", () => {
    const figures = page.match(/stepwell_[a-z_]+/g) ?? [];
    expect(figures.length).toBeGreaterThan(5);
    for (const figure of figures) expect(text, figure).toContain(`"${figure}"`);
  });

  test("explains errors in the words in which they come", () => {
    const section = page.slice(page.indexOf("## Troubleshooting"));
    const said = [...section.matchAll(/^\| `([^`]+)` +\|/gm)].map(([, words = ""]) => words);
    expect(said.length).toBeGreaterThan(10);
    for (const fragment of said.flatMap((words) => words.split("…"))) {
      if (/[a-z]{3}/.test(fragment)) expect(text, fragment).toContain(fragment.trim());
    }
  });

  test("leads to files that there are", () => {
    const links = [...page.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path = ""]) => path);
    expect(links.length).toBeGreaterThan(5);
    for (const path of links) {
      expect(existsSync(join(root, dirname("docs/cluster.md"), path)), path).toBe(true);
    }
  });
});
