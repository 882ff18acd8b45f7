import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.map': 'application/json; charset=utf-8',
};

/** A built file of the renderer, as both shells serve it. */
export interface Page {
  readonly file: string;
  readonly contentType: string;
  /** Its name changes with its content, so it may be cached for ever. */
  readonly isImmutable: boolean;
}

export type FindPage = (pathname: string) => Page | null;

/**
 * Lists the built renderer once and answers by exact path. What was not in the directory when the
 * app started is never served: a path with `..`, however it is encoded, is just an unknown name.
 * Unknown names without an ending are addresses inside the app and get its document.
 */
export function listPages(directory: string): FindPage {
  const pages = new Map<string, Page>();
  for (const entry of readdirSync(directory, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const pathname = file.slice(directory.length).replaceAll('\\', '/');
    const contentType = CONTENT_TYPES[extname(entry.name)];
    if (contentType === undefined) continue;
    pages.set(pathname, { file, contentType, isImmutable: pathname.startsWith('/assets/') });
  }
  const document = pages.get('/index.html');
  return (pathname) => {
    const page = pages.get(pathname);
    if (page) return page;
    return isAppAddress(pathname) ? (document ?? null) : null;
  };
}

function isAppAddress(pathname: string): boolean {
  return /^(?:\/[a-z0-9_-]*)+$/iu.test(pathname);
}
