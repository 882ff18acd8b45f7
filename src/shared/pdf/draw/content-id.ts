/**
 * A 128-bit fingerprint of a text as 32 hexadecimal digits, the same everywhere. It tells files
 * apart, as the identifier in a PDF's trailer must; it protects nothing.
 */
export function contentId(text: string): string {
  const lanes = [0x811c9dc5, 0x9747b28c, 0x2f6b9a35, 0xc2b2ae3d];
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    const lane = index & 3;
    lanes[lane] = Math.imul((lanes[lane] as number) ^ unit, 0x01000193);
  }
  // Each digit of the result depends on all four lanes.
  for (let round = 0; round < 8; round += 1) {
    const from = lanes[(round + 3) & 3] as number;
    const mixed = (lanes[round & 3] as number) ^ (from >>> 13) ^ Math.imul(from, 0x85ebca6b);
    lanes[round & 3] = Math.imul(mixed ^ (mixed >>> 16), 0xc2b2ae35);
  }
  return lanes.map((lane) => (lane >>> 0).toString(16).padStart(8, '0').toUpperCase()).join('');
}
