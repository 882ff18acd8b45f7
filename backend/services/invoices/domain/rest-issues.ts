import type { ProblemIssue } from '../../../../src/shared/contracts/rest-v1/problem';
import { unscaled } from '../../../../src/shared/contracts/rest-v1/money-fields';
import { QUANTITY_DECIMALS } from '../../../../src/shared/contracts/rest-v1/line-numbers';
import { currencyCode, decimalsOf } from '../../../../src/shared/domain/currency';
import type { Issue } from '../../../../src/shared/domain/result';

/** What the rules of documents name otherwise than the contract. */
const NAMES: Readonly<Record<string, string>> = {
  lines: 'items',
  client_uid: 'client_id',
  line_uid: 'item_id',
  seller: 'business',
};

/** `lines.0.unitPrice` of the domain is `items.0.unit_price` of the contract. */
export function restField(field: string): string {
  return field
    .split('.')
    .map((part) => part.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`))
    .map((part) => (Object.hasOwn(NAMES, part) ? (NAMES[part] ?? part) : part))
    .join('.');
}

/** A reason of the domain in the contract's words and decimals. */
export function restIssue({ field, code, params }: Issue): ProblemIssue {
  return {
    field: restField(field),
    code,
    ...(params === undefined ? {} : { params: restParams(params) }),
  };
}

function restParams(params: NonNullable<Issue['params']>): Record<string, string | number> {
  const currency = currencyCode.safeParse(params['currency']);
  return Object.fromEntries(
    Object.entries(params).map(([name, value]): [string, string | number] => {
      if (typeof value !== 'number') return [name, value];
      if (name === 'amount' && currency.success) {
        return [name, unscaled(value, decimalsOf(currency.data))];
      }
      return [name, name === 'quantity' ? unscaled(value, QUANTITY_DECIMALS) : value];
    }),
  );
}
