import { watch } from "node:fs";
import { dirname } from "node:path";
import type { Logger } from "../../ports/logger.ts";
import { type Certificate, readCertificate, type TlsFiles } from "./tls-files.ts";

/** Our choice: whoever renews a certificate writes two files, one after the other. */
const settledMs = 200;

/**
 * Calls `use` with the certificate, and again whenever its files have changed. One that cannot be used is logged, and the one before
 * stays; the first must be usable. The result ends it.
 *
 * Folders are watched, not files: renewing replaces a file, or the link that leads to it.
 */
export function watchCertificate(
  files: TlsFiles,
  logger: Logger,
  use: (certificate: Certificate) => void,
): () => void {
  let current = readCertificate(files);
  use(current);
  let timer: NodeJS.Timeout | undefined;

  function look(): void {
    try {
      const found = readCertificate(files);
      if (found.cert === current.cert && found.key === current.key) return;
      current = found;
      use(found);
      logger.info("serves with a new certificate", { certFile: files.certFile });
    } catch (error) {
      const reason = (error as Error).message;
      logger.error("the certificate was changed and is not used; the one before stays", { reason });
    }
  }

  const folders = new Set([dirname(files.certFile), dirname(files.keyFile)]);
  const watchers = [...folders].map((folder) =>
    watch(folder, { persistent: false }, () => {
      clearTimeout(timer);
      timer = setTimeout(look, settledMs).unref();
    }).on("error", (error) =>
      logger.error("the certificate's folder cannot be watched any more", {
        folder,
        reason: error.message,
      }),
    ),
  );
  return () => {
    clearTimeout(timer);
    for (const watcher of watchers) watcher.close();
  };
}
