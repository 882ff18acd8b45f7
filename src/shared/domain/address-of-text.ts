import type { Address } from './party';

const LINE = 120;

/**
 * An address that is known as one text, in the parts that the paper has: line by line, long ones
 * folded at words. The country is the business's own, since the text says it where it differs.
 * Null when the text does not fit.
 */
export function addressOfText(text: string, country: string): Address | null {
  const lines = text
    .split(/[\r\n]+/u)
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const folded = (
    lines.length > PARTS ? [...lines.slice(0, 3), lines.slice(3).join(', ')] : lines
  ).flatMap(foldLine);
  if (folded.length > PARTS) return null;
  const [line1 = '', line2 = '', city = '', region = ''] = folded;
  return { line1, line2, postalCode: '', city, region, country };
}

const PARTS = 4;

function foldLine(line: string): readonly string[] {
  const parts: string[] = [];
  let rest = line;
  while (rest.length > LINE) {
    const space = rest.lastIndexOf(' ', LINE);
    const end = space > 0 ? space : LINE;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trim();
  }
  return rest === '' ? parts : [...parts, rest];
}
