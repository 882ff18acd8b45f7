import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Logo } from './business';
import { checkLogo } from './logo-check';
import { JPEG_LOGO, PNG_LOGO } from './testing/logos';

const codes = (logo: Logo) => checkLogo(logo).map(({ field, code }) => `${field}:${code}`);

function bytesOf(logo: Logo): Buffer {
  return Buffer.from(logo.base64, 'base64');
}

function withBytes(logo: Logo, bytes: Uint8Array, more: Partial<Logo> = {}): Logo {
  return { ...logo, base64: Buffer.from(bytes).toString('base64'), ...more };
}

function pngOf(width: number, height: number): Logo {
  const bytes = bytesOf(PNG_LOGO);
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return withBytes(PNG_LOGO, bytes, { width, height });
}

/** The same JPEG with a segment of a camera or a colour profile before everything else. */
function withSegment(length: number): Logo {
  const bytes = bytesOf(JPEG_LOGO);
  const segment = Buffer.alloc(length + 2, 0xff);
  segment.writeUInt16BE(0xffe1, 0);
  segment.writeUInt16BE(length, 2);
  return withBytes(JPEG_LOGO, Buffer.concat([bytes.subarray(0, 2), segment, bytes.subarray(2)]));
}

describe('checkLogo', () => {
  it('takes pictures', () => {
    for (const logo of [
      PNG_LOGO,
      JPEG_LOGO,
      pngOf(2_400, 1),
      withSegment(2),
      withSegment(60_000),
    ]) {
      expect(codes(logo)).toEqual([]);
    }
    // Turned on its side by its camera.
    expect(codes({ ...JPEG_LOGO, width: 2, height: 3 })).toEqual([]);
  });

  it.each<readonly [string, Logo, string]>([
    ['nothing', { ...PNG_LOGO, base64: '' }, 'unreadable'],
    ['what is no picture', { ...PNG_LOGO, base64: 'A'.repeat(400) }, 'unreadable'],
    ['a JPEG that says it is a PNG', { ...JPEG_LOGO, mime: 'image/png' }, 'unreadable'],
    ['a PNG that says it is a JPEG', { ...PNG_LOGO, mime: 'image/jpeg' }, 'unreadable'],
    ['a PNG without pixels', withBytes(PNG_LOGO, bytesOf(PNG_LOGO).subarray(0, 33)), 'unreadable'],
    ['a PNG of no width', { ...pngOf(0, 1), width: 1 }, 'unreadable'],
    ['a PNG that takes too much memory', pngOf(2_401, 1), 'too_large'],
    ['a PNG that takes all memory', { ...pngOf(2 ** 31, 2 ** 31), width: 1 }, 'too_large'],
    ['another size than stated', { ...PNG_LOGO, width: 3 }, 'size_differs'],
    ['a PNG on its side', { ...PNG_LOGO, width: 1, height: 2 }, 'size_differs'],
  ])('refuses %s', (_, logo, code) => {
    expect(codes(logo)).toEqual([`logo:logo_${code}`]);
  });

  it('refuses a header that breaks off, wherever', () => {
    for (const logo of [PNG_LOGO, JPEG_LOGO]) {
      const bytes = bytesOf(logo);
      const needed = logo === PNG_LOGO ? 33 : bytes.indexOf('ffc0', 'hex') + 10;
      for (let length = 0; length < needed; length += 1) {
        expect(codes(withBytes(logo, bytes.subarray(0, length)))).toEqual(['logo:logo_unreadable']);
      }
    }
  });

  it('comes to an end with any bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom(PNG_LOGO, JPEG_LOGO), fc.uint8Array(), (logo, tail) => {
        const start = bytesOf(logo).subarray(0, 8);
        expect(checkLogo(withBytes(logo, Buffer.concat([start, tail]))).length).toBeLessThan(2);
      }),
    );
  });
});
