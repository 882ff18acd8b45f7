import { isFixedSpace, isHangul, isInvisible, isKana, isSpace } from '../text/characters';
import type { FontFamily, FontFileName, FontWeight, PdfAssets } from '../pdf-assets';
import type { FontTables } from './open-type';
import { readFontTables } from './open-type';
import type { Shaper, ShapingFont } from './shaper';
import type { SubsettableFont, Subsetter } from './subsetter';

/** The East Asian writing whose shapes of shared ideographs are wanted. */
export type HanStyle = 'JP' | 'SC' | 'KR';

/** Which family prints what. */
export interface FontCoverage {
  /** The first family that has the character, or null. */
  readonly familyOf: (codePoint: number, han: HanStyle) => FontFamily | null;
}

/** All bundled fonts, opened when first needed. */
export interface FontBook extends FontCoverage {
  readonly tables: (name: FontFileName) => FontTables;
  /** Null for families that need no shaping (one character, one glyph). */
  readonly shaping: (name: FontFileName) => ShapingFont | null;
  /** Calls `use` with a font opened for subsetting. */
  readonly withSubsettable: <T>(name: FontFileName, use: (font: SubsettableFont) => T) => T;
}

const SHAPED_FAMILIES: readonly FontFamily[] = ['NotoSans', 'NotoSansHebrew', 'NotoSansArabic'];

/**
 * Shared ideographs have national shapes; the other fonts fill what the first lacks. Simplified
 * Chinese has by far the most characters, so it is the second choice of both others.
 */
const FAMILIES: Readonly<Record<HanStyle, readonly FontFamily[]>> = {
  JP: [...SHAPED_FAMILIES, 'NotoSansJP', 'NotoSansSC', 'NotoSansKR'],
  SC: [...SHAPED_FAMILIES, 'NotoSansSC', 'NotoSansJP', 'NotoSansKR'],
  KR: [...SHAPED_FAMILIES, 'NotoSansKR', 'NotoSansSC', 'NotoSansJP'],
};

type Tables = (name: FontFileName) => FontTables;

/** Tables of fonts, each read once: small copies, the files are let go of. */
function createTables(loadFont: PdfAssets['loadFont']): Tables {
  const tables = new Map<FontFileName, FontTables>();
  return (name) =>
    remember(tables, name, () => {
      const bytes = loadFont(name);
      const read = readFontTables(bytes);
      release(bytes);
      return read;
    });
}

function familyIn(tablesOf: Tables, codePoint: number, han: HanStyle): FontFamily | null {
  const has = (family: FontFamily) => tablesOf(`${family}-Regular`).glyphOf(codePoint) !== 0;
  return FAMILIES[han].find(has) ?? null;
}

/** What the bundled fonts can print, for who does not print. */
export function createFontCoverage(loadFont: PdfAssets['loadFont']): FontCoverage {
  const tablesOf = createTables(loadFont);
  return { familyOf: (codePoint, han) => familyIn(tablesOf, codePoint, han) };
}

export function createFontBook(assets: PdfAssets, shaper: Shaper, subsetter: Subsetter): FontBook {
  const shaping = new Map<FontFileName, ShapingFont>();
  const subsettable = new Map<FontFileName, SubsettableFont>();

  const tablesOf = createTables(assets.loadFont);
  return {
    tables: tablesOf,
    shaping: (name) =>
      isShaped(name) ? remember(shaping, name, () => shaper.openFont(assets.loadFont(name))) : null,
    familyOf: (codePoint, han) => familyIn(tablesOf, codePoint, han),
    withSubsettable(name, use) {
      if (isShaped(name)) {
        return use(remember(subsettable, name, () => subsetter.openFont(assets.loadFont(name))));
      }
      // Five to ten megabytes each: held only while a document needs them.
      const bytes = assets.loadFont(name);
      const font = subsetter.openFont(bytes);
      try {
        return use(font);
      } finally {
        font.close();
        release(bytes);
      }
    },
  };
}

/**
 * Gives the memory of a font back at once: the large ones, each read again for the next document,
 * would add up to more than everything else until the garbage collector looks.
 */
function release(bytes: Uint8Array): void {
  const { buffer } = bytes;
  // A part of somebody else's buffer is not ours to give back. Node 20 cannot, and need not.
  const isOwn = buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength;
  if (isOwn && 'transfer' in buffer) buffer.transfer(0);
}

function remember<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}

function isShaped(name: FontFileName): boolean {
  return SHAPED_FAMILIES.some((family) => name.startsWith(`${family}-`));
}

export function fontFile(family: FontFamily, weight: FontWeight): FontFileName {
  return `${family}-${weight}`;
}

/** The writing that a text shows by itself: kana are Japanese, Hangul is Korean. */
export function hanStyleOf(text: string): HanStyle | null {
  let isKorean = false;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit < 0x1100) continue;
    if (isKana(unit)) return 'JP';
    if (isHangul(unit)) isKorean = true;
  }
  return isKorean ? 'KR' : null;
}

/** A glyph that stands in for a space or hyphen that no font has. */
export function substituteFor(codePoint: number): number | null {
  if (isSpace(codePoint) || isFixedSpace(codePoint)) return 0x20;
  return codePoint === 0x2010 || codePoint === 0x2011 ? 0x2d : null;
}

/** Whether a character can be set, invisible ones included. Unpaired surrogates cannot. */
export function isPrintable(fonts: FontCoverage, codePoint: number): boolean {
  return (
    isInvisible(codePoint) ||
    substituteFor(codePoint) !== null ||
    fonts.familyOf(codePoint, 'SC') !== null
  );
}
