import { fold } from '../../../../shared/domain/fold';
import type { TaxCodeUid } from '../../../../shared/domain/ids';
import { newUid } from '../../../../shared/domain/ids';
import { formatScaled } from '../../../../shared/domain/decimal';
import type { TaxCode } from '../../../../shared/domain/tax';
import { RATED_CATEGORIES } from '../../../../shared/domain/tax';
import { taxCodeRecordOf } from '../../../../shared/sync/wire-records';
import { readBusiness } from '../../../businesses/business-repository';
import type { WriteScope } from '../../../replica/replica';
import { insertTaxCode, readTaxCodes } from '../../settings/tax-code-repository';
import type { TaxWish } from '../planning/tax-wish';
import { taxWishName } from '../planning/tax-wish';

/** The tax codes of the business, and those made for what files bring, for one transaction. */
export class TaxStore {
  readonly #codes: TaxCode[];
  readonly #found = new Map<string, TaxCode>();

  constructor(readonly scope: WriteScope) {
    this.#codes = readTaxCodes(scope).filter((code) => code.archivedAt === null);
  }

  /**
   * The code of a category and rate (of several the one of that name, else the first), made where
   * there is none. One code for each category and rate: the totals were computed that way.
   */
  resolve(wish: TaxWish): TaxCode {
    const key = `${wish.category} ${wish.rate}`;
    const found = this.#found.get(key) ?? this.#find(wish) ?? this.#create(wish);
    this.#found.set(key, found);
    return found;
  }

  #find(wish: TaxWish): TaxCode | undefined {
    const fitting = this.#codes.filter((code) =>
      wish.rate > 0
        ? code.rate === wish.rate && RATED_CATEGORIES.includes(code.category)
        : code.rate === 0 && code.category === wish.category,
    );
    return fitting.find((code) => fold(code.name) === fold(wish.name)) ?? fitting[0];
  }

  #create(wish: TaxWish): TaxCode {
    const code: TaxCode = {
      uid: newUid<TaxCodeUid>(),
      name: this.#freeName(wish),
      category: wish.category,
      rate: wish.rate,
      reasons: {},
      archivedAt: null,
    };
    insertTaxCode(this.scope, code);
    this.scope.record({
      collection: 'settings',
      uid: code.uid,
      action: 'imported',
      mutation: { kind: 'create', record: taxCodeRecordOf(code) },
    });
    this.#codes.push(code);
    return code;
  }

  /** Names of tax codes are unique: another one of the name gets its rate behind it. */
  #freeName(wish: TaxWish): string {
    const name = taxWishName(wish, readBusiness(this.scope).language);
    const isTaken = (candidate: string): boolean =>
      this.#codes.some((code) => fold(code.name) === fold(candidate));
    if (!isTaken(name)) return name;
    const rated = `${name.slice(0, 45)} (${formatScaled(wish.rate, 3)} %)`;
    let free = rated;
    for (let count = 2; isTaken(free); count += 1) free = `${rated} ${count}`;
    return free;
  }
}
