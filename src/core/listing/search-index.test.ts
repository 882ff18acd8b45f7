import { and, desc, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

import { ok } from '../../shared/domain/result';
import { openTestBusiness } from '../testing/open-test-business';
import { addWords, indexWords, invoicesSearch, matchQuery, removeWords } from './search-index';
import { searchWords } from './search-words';

const business = openTestBusiness();
const { replica } = business.context;
afterAll(() => business.close());

const TEXTS = [
  'INV-2026-0001 Acme Ltd anna@acme.example',
  'INV-2026-0002 Zażółć sp. z o.o. Lodówka',
  'INV-2026-0010 Αθήνα Books consulting',
  'INV-2026-0011 東京カメラ株式会社 consultancy',
  'INV-2026-0100 서울김치 한국',
  'INV-2026-0101 مكتبة القاهرة',
];

beforeEach(() => {
  replica.connection.exec('DELETE FROM invoices_search');
  replica.write((scope) => {
    for (const [index, text] of TEXTS.entries()) {
      addWords(scope, 'invoices_search', index + 1, searchWords(text));
    }
    return ok(null);
  });
});

function find(text: string): number[] | null {
  return replica.read((scope) => {
    const query = matchQuery(scope, 'invoices_search', text);
    if (query === null) return null;
    return scope.db
      .select({ id: invoicesSearch.rowid })
      .from(invoicesSearch)
      .where(and(sql`${invoicesSearch} MATCH ${query}`))
      .orderBy(desc(invoicesSearch.rowid))
      .all()
      .map(({ id }) => id);
  });
}

describe('the search index', () => {
  it.each<readonly [string, number[]]>([
    ['zazolc', [2]],
    ['αθηνα', [3]],
    ['lodowka', [2]],
    ['0001', [1]],
    ['INV-2026-0001', [1]],
    ['inv 2026', [6, 5, 4, 3, 2, 1]],
    ['i', [6, 5, 4, 3, 2, 1]],
    ['11', [4]],
    ['acme.ex', [1]],
    ['consult', [4, 3]],
    ['consulting', [3]],
    ['京カ', [4]],
    ['カ京', []],
    ['김치', [5]],
    ['울기', [5]],
    ['مكتبه', [6]],
    ['acme books', []],
    ['book ath', []],
    ['book αθ', [3]],
    ['cme', []],
  ])('finds by %s', (text, ids) => {
    expect(find(text)).toEqual(ids);
  });

  it('looks for nothing when nothing can be looked for', () => {
    expect(find(' -- " * ')).toBeNull();
  });

  it('takes nothing typed for an operator', () => {
    expect(find('acme OR books')).toEqual([]);
    expect(find('acme" OR "books')).toEqual([]);
    expect(find('words:acme')).toEqual([]);
    expect(find('NEAR(acme)')).toEqual([]);
  });

  it('answers whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(() => find(text)).not.toThrow();
      }),
      { numRuns: 300 },
    );
  });

  it('finds every record by each of its words and by the beginnings of them', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TEXTS.keys()),
        fc.nat(),
        fc.integer({ min: 1, max: 20 }),
        (index, which, length) => {
          const words = searchWords(TEXTS[index] ?? '').split(' ');
          const word = Array.from(words[which % words.length] ?? '').slice(0, length);
          expect(find(word.join(''))).toContain(index + 1);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('forgets the old words of a changed record, and all of a removed one', () => {
    replica.write((scope) => {
      indexWords(scope, 'invoices_search', 1, searchWords('Renamed'));
      removeWords(scope, 'invoices_search', 2);
      return ok(null);
    });
    expect(find('acme')).toEqual([]);
    expect(find('renamed')).toEqual([1]);
    expect(find('zazolc')).toEqual([]);
  });
});
