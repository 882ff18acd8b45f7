import type { BenchResult } from './bench-result';
import { openBooks } from './store/books';
import { benchDashboard, benchPages, benchSearch } from './store/reading';
import { benchWriting } from './store/writing';

/** The replica with 100,000 invoices of three lines: writing, pages, search, dashboard. */
export async function run(): Promise<BenchResult[]> {
  const books = await openBooks(100_000);
  try {
    const writing = benchWriting(books);
    return [writing, ...benchPages(books), benchSearch(books), benchDashboard(books)];
  } finally {
    books.close();
    books.remove();
  }
}
