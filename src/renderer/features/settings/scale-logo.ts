import type { Logo } from '../../../shared/domain/business';
import { toBase64 } from '../../ui/base64';

/** The paper shows a logo at most this large at 300 dots an inch; more would only weigh. */
const MAX_SIDE = 1_200;
const MAX_BYTES = 500_000;

export type LogoRefusal = 'logo_type' | 'logo_unreadable';

/**
 * A chosen image as the logo: scaled down in its proportions to at most 1200 px and 500 kB. A PNG
 * stays one (it may be transparent); an image that fits already is kept as it is.
 */
export async function scaleLogo(bytes: Uint8Array): Promise<Logo | LogoRefusal> {
  const mime = mimeOf(bytes);
  if (mime === null) return 'logo_type';
  const image = await readImage(bytes, mime);
  if (image === null) return 'logo_unreadable';
  const { width, height } = image;
  if (bytes.length <= MAX_BYTES && Math.max(width, height) <= MAX_SIDE) {
    return { mime, width, height, base64: toBase64(bytes) };
  }
  let scale = Math.min(1, MAX_SIDE / Math.max(width, height));
  for (;;) {
    const drawn = await draw(image, scale, mime);
    if (drawn.bytes.length <= MAX_BYTES) {
      return {
        mime,
        width: drawn.width,
        height: drawn.height,
        base64: toBase64(drawn.bytes),
      };
    }
    scale *= 0.8;
  }
}

function mimeOf(bytes: Uint8Array): Logo['mime'] | null {
  if (bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47) {
    return 'image/png';
  }
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff ? 'image/jpeg' : null;
}

async function readImage(bytes: Uint8Array, mime: string): Promise<ImageBitmap | null> {
  try {
    return await createImageBitmap(new Blob([bytes.slice()], { type: mime }));
  } catch {
    return null;
  }
}

async function draw(
  image: ImageBitmap,
  scale: number,
  mime: Logo['mime'],
): Promise<{ readonly bytes: Uint8Array; readonly width: number; readonly height: number }> {
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas to draw the logo on');
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  const blob = await canvas.convertToBlob({ type: mime, quality: 0.9 });
  return { bytes: new Uint8Array(await blob.arrayBuffer()), width, height };
}
