import { IconDotsVertical } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';

import type { CurrencyCode } from '../../../shared/domain/currency';
import type { LineUid, ProductUid } from '../../../shared/domain/ids';
import type { LineItem } from '../../../shared/domain/line-item';
import { MAX_QUANTITY, MAX_UNIT_PRICE } from '../../../shared/domain/money';
import type { TaxCode } from '../../../shared/domain/tax';
import { useFormats } from '../../ui/formats-context';
import { DescriptionCell, DiscountCell, NumberCell, TaxCell, TextCell } from './line-cells';
import type { LinePatch } from './line-edits';
import classes from './line-grid.module.css';
import { ProductCell } from './product-cell';

/** What a row asks of the grid; the same functions for every row, so that rows stay as drawn. */
export interface LineActions {
  readonly patch: (uid: LineUid, patch: LinePatch, topic: string) => void;
  readonly pickProduct: (line: LineItem, product: ProductUid) => void;
  /** Picks the product that a text names, if one does; with `orFirst` else the first found. */
  readonly nameProduct: (line: LineItem, text: string, orFirst: boolean) => void;
  readonly openMenu: (uid: LineUid, anchor: HTMLElement) => void;
}

/** Errors of one line by field, in words. */
export type LineErrors = Readonly<Record<string, string>>;

interface LineRowProps {
  readonly line: LineItem;
  readonly index: number;
  readonly total: number;
  readonly currency: CurrencyCode;
  readonly productName: string;
  readonly taxCodes: readonly TaxCode[];
  readonly errors: LineErrors | undefined;
  /** Stands below the description: how far an order's line is invoiced. */
  readonly note: ReactNode;
  readonly isReadOnly: boolean;
  readonly actions: LineActions;
}

/** One line of a document. Drawn again only when it changes itself, so that 300 lines stay quick. */
export const LineRow = memo(function LineRow(props: LineRowProps) {
  const { line, index, currency, errors, actions, isReadOnly } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const { uid } = line;
  const number = index + 1;
  const patch = (field: string, change: LinePatch): void =>
    actions.patch(uid, change, `line ${uid} ${field}`);
  return (
    <div
      role="row"
      aria-label={t('document.lineNumber', { number })}
      className={classes['row']}
      data-line={uid}
    >
      <div role="cell" className={classes['number']} data-area="number">
        {number}
      </div>
      <div role="cell" className={classes['cell']} data-area="product">
        <ProductCell
          label={t('document.product')}
          productUid={line.productUid}
          name={props.productName}
          isReadOnly={isReadOnly}
          onPick={(product) => actions.pickProduct(line, product)}
          onClear={() => patch('product', { productUid: null })}
          onText={(text, search) => {
            const described = {
              productUid: null,
              description: line.description === '' ? text : `${text}\n${line.description}`,
            };
            patch('product', described);
            if (search) actions.nameProduct({ ...line, ...described }, text, search === 'first');
          }}
        />
      </div>
      <div role="cell" className={classes['cell']} data-area="description">
        <DescriptionCell
          cell="description"
          label={t('document.description')}
          placeholder={t('document.descriptionHint')}
          value={line.description}
          maxLength={2_000}
          error={errors?.['description']}
          isReadOnly={isReadOnly}
          onChange={(description) => patch('description', { description })}
        />
        {props.note}
      </div>
      <div role="cell" className={classes['cell']} data-area="quantity">
        <NumberCell
          cell="quantity"
          label={t('document.quantity')}
          value={line.quantity}
          decimals={3}
          limit={MAX_QUANTITY}
          format={formats.quantity}
          error={errors?.['quantity']}
          isReadOnly={isReadOnly}
          onChange={(quantity) => patch('quantity', { quantity })}
        />
      </div>
      <div role="cell" className={classes['cell']} data-area="unit">
        <TextCell
          cell="unit"
          label={t('document.unit')}
          value={line.unit}
          maxLength={20}
          error={errors?.['unit']}
          isReadOnly={isReadOnly}
          onChange={(unit) => patch('unit', { unit })}
        />
      </div>
      <div role="cell" className={classes['cell']} data-area="unitPrice">
        <NumberCell
          cell="unitPrice"
          label={t('document.unitPrice')}
          value={line.unitPrice}
          decimals={4}
          limit={MAX_UNIT_PRICE}
          format={(value) => formats.unitPrice(value, currency)}
          error={errors?.['unitPrice']}
          isReadOnly={isReadOnly}
          onChange={(unitPrice) => patch('unitPrice', { unitPrice })}
        />
      </div>
      <div role="cell" className={classes['cell']} data-area="discount">
        <DiscountCell
          cell="discount"
          label={t('document.discount')}
          value={line.discount}
          currency={currency}
          error={errors?.['discount']}
          isReadOnly={isReadOnly}
          onChange={(discount) => patch('discount', { discount })}
        />
      </div>
      <div role="cell" className={classes['cell']} data-area="tax">
        <TaxCell
          cell="tax"
          label={t('document.tax')}
          value={line.tax}
          codes={props.taxCodes}
          error={errors?.['tax']}
          isReadOnly={isReadOnly}
          onChange={(tax) => patch('tax', { tax })}
        />
      </div>
      <div role="cell" className={classes['total']} data-area="total" data-testid="line-total">
        {formats.amount(props.total, currency)}
      </div>
      <div role="cell" className={classes['menuCell']} data-area="menu">
        {!isReadOnly && (
          <button
            type="button"
            className={classes['menuButton']}
            aria-label={t('document.lineMenu', { number })}
            aria-haspopup="menu"
            tabIndex={-1}
            onClick={(event) => actions.openMenu(uid, event.currentTarget)}
          >
            <IconDotsVertical size={15} stroke={1.7} aria-hidden />
          </button>
        )}
      </div>
    </div>
  );
});
