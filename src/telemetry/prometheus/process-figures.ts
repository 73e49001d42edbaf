import type { Figures } from "../../ports/figures.ts";

/** What every exporter says of its process, by the names that Prometheus' own libraries give. */
export function addProcessFigures(figures: Figures): void {
  const start = Date.now() / 1_000 - process.uptime();
  figures.gauge("process_start_time_seconds", "When the process started", () => start);
  figures.gauge("process_cpu_seconds_total", "CPU time of the process until now", () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000_000;
  });
  figures.gauge("process_resident_memory_bytes", "Memory of the process", () =>
    process.memoryUsage.rss(),
  );
  figures.gauge("nodejs_heap_size_used_bytes", "Heap that is used", () => {
    return process.memoryUsage().heapUsed;
  });
}
