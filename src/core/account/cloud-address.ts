import { z } from 'zod';

import type { Result } from '../../shared/domain/result';
import { ok, refusedFor } from '../../shared/domain/result';
import { readIfThere } from '../businesses/durable-file';
import { parseInput } from '../host/issues';

const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Where a cloud's API answers, without a slash at the end. Only by https, so that no password or
 * token travels in the clear; a cloud on this machine may do without.
 */
export const cloudAddress = z.string().transform((text, context) => {
  const url = URL.parse(text.trim());
  if (url === null || !['http:', 'https:'].includes(url.protocol) || url.username !== '') {
    context.addIssue({ code: 'custom', params: { code: 'cloud_address_invalid' } });
    return z.NEVER;
  }
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname)) {
    context.addIssue({ code: 'custom', params: { code: 'https_needed' } });
    return z.NEVER;
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
});

/** An address that a person typed, on the field `apiUrl`. */
export function checkAddress(text: string): Result<string> {
  const parsed = parseInput(z.object({ apiUrl: cloudAddress }), { apiUrl: text });
  return parsed.ok ? ok(parsed.value.apiUrl) : refusedFor(parsed.error);
}

export interface CloudAddress {
  readonly apiUrl: string;
  readonly source: 'setting' | 'environment' | 'development';
}

interface Sources {
  readonly setting: string | null;
  readonly environment: string | null;
  /** The file in which a cloud on this machine says where it is. */
  readonly developmentFile: string | null;
}

const developmentCloud = z.object({ apiUrl: cloudAddress });

/** The cloud in use, null when none is configured: the setting, else the environment, else the file. */
export function findCloud({ setting, environment, developmentFile }: Sources): CloudAddress | null {
  if (setting !== null) return { apiUrl: setting, source: 'setting' };
  if (environment !== null) return { apiUrl: environment, source: 'environment' };
  const text = developmentFile === null ? null : readIfThere(developmentFile);
  if (text === null) return null;
  try {
    const { apiUrl } = developmentCloud.parse(JSON.parse(text));
    return { apiUrl, source: 'development' };
  } catch {
    // Half a file of a cloud that is just starting.
    return null;
  }
}
