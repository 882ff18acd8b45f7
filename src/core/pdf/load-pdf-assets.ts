import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

import type { FontFamily, FontFileName, FontWeight, PdfAssets } from '../../shared/pdf/pdf-assets';

/**
 * Resolves packages from wherever this code was bundled to, inside an asar archive too. Not called
 * `require`: the build gives every module one of that name, and two of them are a syntax error.
 */
const packages = createRequire(import.meta.url);

const PACKAGES: Readonly<Record<FontFamily, string>> = {
  NotoSans: 'noto-sans',
  NotoSansHebrew: 'noto-sans-hebrew',
  NotoSansArabic: 'noto-sans-arabic',
  NotoSansJP: 'noto-sans-jp',
  NotoSansSC: 'noto-sans-sc',
  NotoSansKR: 'noto-sans-kr',
};

const WEIGHT_NAMES: Readonly<Record<FontWeight, string>> = {
  Regular: '400Regular',
  SemiBold: '600SemiBold',
};

/** The fonts and HarfBuzz from the installed packages, for `createPdfRenderer`. */
export async function loadPdfAssets(): Promise<PdfAssets> {
  const [shaperWasm, subsetterWasm] = await Promise.all([
    readFile(packages.resolve('harfbuzzjs/dist/harfbuzz.wasm')),
    readFile(packages.resolve('harfbuzzjs/dist/harfbuzz-subset.wasm')),
  ]);
  return {
    shaperWasm: new Uint8Array(shaperWasm),
    subsetterWasm: new Uint8Array(subsetterWasm),
    loadFont,
  };
}

/** The bytes of a bundled font. */
export function loadFont(name: FontFileName): Uint8Array {
  return readFileSync(packages.resolve(pathOf(name)));
}

function pathOf(name: FontFileName): string {
  const [family, weight] = name.split('-') as [FontFamily, FontWeight];
  const folder = WEIGHT_NAMES[weight];
  return `@expo-google-fonts/${PACKAGES[family]}/${folder}/${family}_${folder}.ttf`;
}
