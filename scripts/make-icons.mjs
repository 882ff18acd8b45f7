import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { chromium } from '@playwright/test';

import { findChromium } from './lib/find-program.mjs';
import { root } from './lib/processes.mjs';

/** Draws build/icon.svg as the files that the systems want. Run by hand when the drawing changes. */

const build = join(root, 'build');
const drawing = readFileSync(join(build, 'icon.svg'), 'utf8');

/** PNG pictures of the drawing, by their width. */
async function draw(widths) {
  const browser = await chromium.launch({
    executablePath: findChromium() ?? undefined,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const page = await browser.newPage();
  const pictures = new Map();
  for (const width of widths) {
    await page.setViewportSize({ width, height: width });
    await page.setContent(
      `<style>html,body{margin:0}svg{display:block;width:${width}px;height:${width}px}</style>${drawing}`,
    );
    pictures.set(width, await page.screenshot({ omitBackground: true }));
  }
  await browser.close();
  return pictures;
}

/** Windows: a directory of entries, each a whole PNG. */
function toIco(pictures) {
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(pictures.length, 4);
  let offset = 6 + 16 * pictures.length;
  const entries = pictures.map(([width, png]) => {
    const entry = Buffer.alloc(16);
    entry.writeUInt8(width % 256, 0);
    entry.writeUInt8(width % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(png.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += png.length;
    return entry;
  });
  return Buffer.concat([header, ...entries, ...pictures.map(([, png]) => png)]);
}

/** macOS: blocks of four letters, length and PNG. */
function toIcns(blocks) {
  const parts = blocks.map(([type, png]) => {
    const head = Buffer.alloc(8);
    head.write(type, 0, 'ascii');
    head.writeUInt32BE(png.length + 8, 4);
    return Buffer.concat([head, png]);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.write('icns', 0, 'ascii');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}

const pictures = await draw([16, 24, 32, 48, 64, 128, 256, 512, 1024]);
const picture = (width) => pictures.get(width);

writeFileSync(join(build, 'icon.png'), picture(1024));
writeFileSync(
  join(build, 'icon.ico'),
  toIco([16, 24, 32, 48, 64, 128, 256].map((w) => [w, picture(w)])),
);
writeFileSync(
  join(build, 'icon.icns'),
  toIcns([
    ['icp4', picture(16)],
    ['icp5', picture(32)],
    ['icp6', picture(64)],
    ['ic07', picture(128)],
    ['ic08', picture(256)],
    ['ic09', picture(512)],
    ['ic10', picture(1024)],
    ['ic11', picture(32)],
    ['ic12', picture(64)],
    ['ic13', picture(256)],
    ['ic14', picture(512)],
  ]),
);
// Linux wants one file for each size.
mkdirSync(join(build, 'icons'), { recursive: true });
for (const width of [16, 32, 48, 64, 128, 256, 512]) {
  writeFileSync(join(build, 'icons', `${width}x${width}.png`), picture(width));
}
writeFileSync(join(root, 'src', 'renderer', 'public', 'icon.svg'), drawing);
