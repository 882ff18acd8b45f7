import type { BenchResult } from './bench-result';
import { importedSeries, openBooks, writeThroughCore } from './store/books';
import { benchMemory } from './store/memory';
import { benchOpeningApp, benchOpeningCore } from './store/opening';
import { benchDashboard, benchPages, benchSearch } from './store/reading';
import { benchWriting } from './store/writing';

/**
 * The replica with 100,000 invoices of three lines: writing, pages, search and dashboard against
 * better-sqlite3; opening the built app, and its memory, against a hundred invoices.
 */
export async function run(builtApp: string): Promise<BenchResult[]> {
  const large = await openBooks(100_000);
  const small = await openBooks(100);
  const sizes = { large: large.dataDirectory, small: small.dataDirectory };
  try {
    const results = [
      benchWriting(large),
      ...benchPages(large),
      benchSearch(large),
      benchDashboard(large),
    ];
    writeThroughCore(small.context, importedSeries(small.context), [...small.invoices]);
    large.close();
    small.close();
    return [
      ...results,
      await benchOpeningCore(builtApp, sizes),
      await benchOpeningApp(builtApp, sizes),
      await benchMemory(builtApp, sizes),
    ];
  } finally {
    large.remove();
    small.remove();
  }
}
