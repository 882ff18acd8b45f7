import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

import { z } from 'zod';

/** What a client, a test or a person needs to reach the local cloud. */
const cloudFileSchema = z.object({
  /** The REST API: paths of the contract follow (`/clients`). */
  apiUrl: z.url(),
  region: z.string(),
  userPoolId: z.string(),
  userPoolClientId: z.string(),
  /** Where Cognito answers. */
  userPoolEndpoint: z.url(),
  /** Where sent mail can be read. */
  mailUrl: z.url(),
  /** Takes OTLP; `GET /traces/<traceId>` shows the spans of a trace. */
  telemetryUrl: z.url(),
  /** The address of each service by its name. */
  services: z.record(z.string(), z.url()),
});
export type CloudFile = z.infer<typeof cloudFileSchema>;

/** Beside the data directory: `.local/cloud.json` for `.local/cloud`. */
export function cloudFileOf(dataDirectory: string): string {
  return `${dataDirectory}.json`;
}

export function writeCloudFile(file: string, content: CloudFile): void {
  const partial = `${file}.partial`;
  writeFileSync(partial, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  renameSync(partial, file);
}

/** What the running cloud wrote, or null when none runs. */
export function readCloudFile(file: string): CloudFile | null {
  try {
    return cloudFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

export function removeCloudFile(file: string): void {
  rmSync(file, { force: true });
}
