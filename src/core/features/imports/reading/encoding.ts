import chardet from 'chardet';
import iconv from 'iconv-lite';

import type { Result } from '../../../../shared/domain/result';
import { ok, refused } from '../../../../shared/domain/result';
import { languageScore } from './encoding-score';

/** What tells the bytes of a text apart when they are not Unicode, the likelier first. */
const CANDIDATES = [
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'windows-1253',
  'windows-1254',
  'windows-1257',
  'windows-1255',
  'windows-1256',
  'ISO-8859-2',
  'ISO-8859-7',
  'ISO-8859-15',
  'ISO-8859-5',
  'KOI8-R',
  'Shift_JIS',
  'GB18030',
  'EUC-KR',
  'EUC-JP',
  'Big5',
] as const;

const SAMPLE_BYTES = 24_000;

export interface DetectedEncoding {
  readonly encoding: string;
  /** False when another encoding fits the bytes about as well. */
  readonly isCertain: boolean;
}

/**
 * The encoding of a text file: a byte order mark, UTF-16 by its zero bytes, valid UTF-8, else the
 * legacy encoding under which the non-ASCII words look most like a language. Refused on `file`:
 * `file_empty`, `file_is_spreadsheet` (a zipped or old Excel workbook), `file_binary`.
 */
export function detectEncoding(bytes: Buffer): Result<DetectedEncoding> {
  if (bytes.length === 0) return refused('file', 'file_empty');
  if (isWorkbook(bytes)) return refused('file', 'file_is_spreadsheet');
  const marked = byteOrderMark(bytes) ?? unmarkedUtf16(bytes);
  if (marked !== null) return ok({ encoding: marked, isCertain: true });
  if (isBinary(bytes)) return refused('file', 'file_binary');
  if (isUtf8(bytes)) return ok({ encoding: 'utf-8', isCertain: true });
  return ok(detectLegacy(bytes));
}

/**
 * The text of the file without its byte order mark, line ends as `\n`. Refused with
 * `encoding_unknown` for a name that nothing decodes.
 */
export function decodeText(bytes: Buffer, encoding: string): Result<string> {
  if (!iconv.encodingExists(encoding)) return refused('reading.encoding', 'encoding_unknown');
  const text = iconv.decode(bytes, encoding, { stripBOM: true });
  return ok(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);
}

function isWorkbook(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 8).toString('hex');
  return head.startsWith('504b0304') || head === 'd0cf11e0a1b11ae1';
}

function byteOrderMark(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 3).toString('hex');
  if (head === 'efbbbf') return 'utf-8';
  if (head.startsWith('fffe')) return 'utf-16le';
  return head.startsWith('feff') ? 'utf-16be' : null;
}

/** Latin text in UTF-16 has a zero in nearly every second byte. */
function unmarkedUtf16(bytes: Buffer): string | null {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let even = 0;
  let odd = 0;
  sample.forEach((byte, index) => {
    if (byte !== 0) return;
    if (index % 2 === 0) even += 1;
    else odd += 1;
  });
  const half = sample.length / 2;
  if (odd > half * 0.4 && even < half * 0.02) return 'utf-16le';
  return even > half * 0.4 && odd < half * 0.02 ? 'utf-16be' : null;
}

/** Zero bytes and many control characters stand in no table. */
function isBinary(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  let controls = 0;
  for (const byte of sample) {
    if (byte === 0) return true;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) controls += 1;
  }
  return controls > sample.length * 0.02;
}

function isUtf8(bytes: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

function detectLegacy(bytes: Buffer): DetectedEncoding {
  const sample = sampleOfHighLines(bytes);
  const highBytes = sample.reduce((count, byte) => (byte >= 0x80 ? count + 1 : count), 0);
  const guesses = new Map(
    chardet.analyse(sample).map((match) => [match.name.toLowerCase(), match.confidence]),
  );
  const ranked = CANDIDATES.map((encoding, order) => ({
    encoding,
    score:
      languageScore(iconv.decode(sample, encoding), highBytes) +
      (guesses.get(encoding.toLowerCase()) ?? 0) / 1_000 -
      (order === 0 ? 0 : 0.08 + order / 10_000),
  })).sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  if (!best) throw new Error('no encoding to choose from');
  const isClose = second !== undefined && best.score - second.score < 0.02;
  return { encoding: best.encoding, isCertain: best.score > 0.3 || !isClose };
}

/** The lines that hold anything but ASCII: the others tell nothing. */
function sampleOfHighLines(bytes: Buffer): Buffer {
  const lines: Buffer[] = [];
  let size = 0;
  let start = 0;
  while (start < bytes.length && size < SAMPLE_BYTES) {
    const end = bytes.indexOf(0x0a, start);
    const line = bytes.subarray(start, end < 0 ? bytes.length : end + 1).subarray(0, 2_000);
    if (line.some((byte) => byte >= 0x80)) {
      lines.push(line);
      size += line.length;
    }
    start = end < 0 ? bytes.length : end + 1;
  }
  return Buffer.concat(lines);
}
