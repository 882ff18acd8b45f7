import type { Logo } from './business';
import type { Issue } from './result';
import { issue } from './result';

/** Twice what the app scales a logo to; drawing a larger one takes more memory than it is worth. */
const MAX_SIDE = 2_400;

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Whether a logo is the picture that it says: the header of a PNG (ISO 15948) or of a JPEG (ITU
 * T.81) that can be drawn, of a size that fits on paper, and that size is the one it states (the
 * paper keeps its proportions). Turned on its side by a note of the camera counts as the same.
 */
export function checkLogo(logo: Logo): readonly Issue[] {
  const bytes = atob(logo.base64);
  const size = logo.mime === 'image/png' ? pngSize(bytes) : jpegSize(bytes);
  if (size === null) return [issue('logo', 'logo_unreadable')];
  const { width, height } = size;
  if (Math.max(width, height) > MAX_SIDE)
    return [issue('logo', 'logo_too_large', { max: MAX_SIDE })];
  const isStated = width === logo.width && height === logo.height;
  const isTurned = logo.mime === 'image/jpeg' && width === logo.height && height === logo.width;
  return isStated || isTurned ? [] : [issue('logo', 'logo_size_differs', { width, height })];
}

/** The same for a logo that takes the place of another; one that stays was taken before. */
export function checkNewLogo(logo: Logo | null, before: Logo | null): readonly Issue[] {
  return logo === null || (before !== null && isSame(logo, before)) ? [] : checkLogo(logo);
}

function isSame(a: Logo, b: Logo): boolean {
  return a.mime === b.mime && a.width === b.width && a.height === b.height && a.base64 === b.base64;
}

const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n';
/** Length 13 and name of the chunk that comes first. */
const PNG_HEADER = '\0\0\0\rIHDR';
/** The bit depths of each colour type. */
const PNG_DEPTHS: ReadonlyMap<number, readonly number[]> = new Map([
  [0, [1, 2, 4, 8, 16]],
  [2, [8, 16]],
  [3, [1, 2, 4, 8]],
  [4, [8, 16]],
  [6, [8, 16]],
]);

function pngSize(bytes: string): Size | null {
  const start = PNG_SIGNATURE.length + PNG_HEADER.length;
  // Width, height, depth, colour type, three methods, and the checksum.
  if (!bytes.startsWith(PNG_SIGNATURE + PNG_HEADER) || bytes.length < start + 17) return null;
  const at = (offset: number) => bytes.charCodeAt(start + offset);
  const isDrawable =
    PNG_DEPTHS.get(at(9))?.includes(at(8)) === true &&
    at(10) === 0 &&
    at(11) === 0 &&
    at(12) <= 1 &&
    bytes.includes('IDAT', start);
  return isDrawable ? sizeOf(number(bytes, start, 4), number(bytes, start + 4, 4)) : null;
}

/** Frames that are coded by Huffman: baseline, extended and progressive. */
const JPEG_FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
const JPEG_SCAN = 0xda;
const JPEG_COMPONENTS: readonly number[] = [1, 3, 4];

function jpegSize(bytes: string): Size | null {
  if (!bytes.startsWith('\xff\xd8\xff')) return null;
  let offset = 2;
  while (offset + 4 <= bytes.length && bytes.charCodeAt(offset) === 0xff) {
    const marker = bytes.charCodeAt(offset + 1);
    if (marker === 0xff) {
      // Filling before a marker.
      offset += 1;
      continue;
    }
    const length = number(bytes, offset + 2, 2);
    if (length < 2 || marker === JPEG_SCAN) return null;
    if (JPEG_FRAMES.has(marker)) {
      if (offset + 2 + length > bytes.length || length < 8) return null;
      const isDrawable =
        bytes.charCodeAt(offset + 4) === 8 &&
        JPEG_COMPONENTS.includes(bytes.charCodeAt(offset + 9));
      return isDrawable ? sizeOf(number(bytes, offset + 7, 2), number(bytes, offset + 5, 2)) : null;
    }
    offset += 2 + length;
  }
  return null;
}

function sizeOf(width: number, height: number): Size | null {
  return width > 0 && height > 0 ? { width, height } : null;
}

/** An unsigned number, the highest byte first. */
function number(bytes: string, offset: number, length: number): number {
  let value = 0;
  for (let index = 0; index < length; index += 1) {
    value = value * 256 + bytes.charCodeAt(offset + index);
  }
  return value;
}
