import type { KeyboardEvent, RefObject } from 'react';
import { memo, useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { ProductRow } from '../../../shared/contracts/app-api/products';
import type { ProductUid } from '../../../shared/domain/ids';
import { useApiQuery } from '../../app/api';
import { useFormats } from '../../ui/formats-context';
import classes from './line-grid.module.css';
import { isNamed } from './use-product-pick';

interface ProductCellProps {
  readonly label: string;
  readonly productUid: ProductUid | null;
  /** What the chosen product is called; empty while none is chosen. */
  readonly name: string;
  readonly isReadOnly?: boolean;
  readonly onPick: (uid: ProductUid) => void;
  readonly onClear: () => void;
  /**
   * Text that names no product: it becomes the description. `search` when nobody knows yet whether
   * it names one, `first` when the first one found was asked for.
   */
  readonly onText: (text: string, search: 'exact' | 'first' | null) => void;
}

/** Finds a product while one types. Whatever names none is not lost but describes the line. */
export const ProductCell = memo(function ProductCell(props: ProductCellProps) {
  const { t } = useTranslation();
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  /** What was found for the text as it stands; null until that is known. */
  const found = useRef<readonly ProductRow[] | null>(null);
  /** Enter was pressed before anything was found. */
  const isAwaited = useRef(false);
  const [text, setText] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);

  const pick = (product: ProductRow): void => {
    setText(null);
    setOpen(false);
    props.onPick(product.uid);
  };

  const leave = (): void => {
    const isFirstWanted = isAwaited.current;
    isAwaited.current = false;
    setOpen(false);
    if (text === null) return;
    const typed = text.trim();
    setText(null);
    if (typed === '') {
      if (props.productUid !== null) props.onClear();
      return;
    }
    if (typed === props.name) return;
    const exact = found.current?.find((product) => isNamed(product, typed));
    if (exact) props.onPick(exact.uid);
    else if (found.current) props.onText(typed, null);
    else props.onText(typed, isFirstWanted ? 'first' : 'exact');
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) {
        setOpen(true);
        setActive(0);
        return;
      }
      const step = event.key === 'ArrowDown' ? 1 : -1;
      const count = Math.max(1, found.current?.length ?? 0);
      setActive((now) => (now + step + count) % count);
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      setOpen(false);
      setText(null);
    } else if (event.key === 'Enter' && isOpen && !event.shiftKey) {
      isAwaited.current = found.current === null;
      const product = found.current?.[active];
      if (!product && !isAwaited.current) return;
      // Choosing is not yet going to the next line.
      event.preventDefault();
      event.stopPropagation();
      if (product) pick(product);
    }
  };

  /** Enter does what it would have done, had the products been there. */
  const enterAgain = useCallback(() => {
    if (!isAwaited.current) return;
    isAwaited.current = false;
    const enter = { key: 'Enter', bubbles: true, cancelable: true };
    input.current?.dispatchEvent(new KeyboardEvent('keydown', enter));
  }, []);

  return (
    <>
      <input
        ref={input}
        className={classes['input']}
        data-cell="product"
        role="combobox"
        aria-label={props.label}
        aria-autocomplete="list"
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-activedescendant={isOpen ? `${listId}-${active}` : undefined}
        autoComplete="off"
        maxLength={200}
        placeholder={t('document.productHint')}
        readOnly={props.isReadOnly}
        title={props.name || undefined}
        value={text ?? props.name}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => {
          isAwaited.current = false;
          setText(event.currentTarget.value);
          setActive(0);
          setOpen(event.currentTarget.value.trim() !== '');
        }}
        onKeyDown={onKeyDown}
        onBlur={leave}
      />
      {isOpen && (
        <ProductList
          id={listId}
          search={(text ?? '').trim()}
          active={active}
          found={found}
          onFound={enterAgain}
          anchor={input}
          onPick={pick}
        />
      )}
    </>
  );
});

interface ProductListProps {
  readonly id: string;
  readonly search: string;
  readonly active: number;
  readonly found: RefObject<readonly ProductRow[] | null>;
  readonly onFound: () => void;
  readonly anchor: RefObject<HTMLInputElement | null>;
  readonly onPick: (product: ProductRow) => void;
}

const SHOWN = 8;
const ROW_HEIGHT = 30;

function ProductList(props: ProductListProps) {
  const { id, search, active, found, onFound, anchor, onPick } = props;
  const { t } = useTranslation();
  const formats = useFormats();
  const { data, isPlaceholderData } = useApiQuery(
    'products.list',
    search === '' ? { limit: SHOWN } : { search, limit: SHOWN },
    { keepPrevious: true, still: true },
  );
  const rows = useMemo(() => data?.rows ?? [], [data]);
  useEffect(() => {
    // What an earlier text had found is shown until the answer comes, but not chosen from.
    if (data === undefined || isPlaceholderData) return;
    found.current = rows;
    onFound();
    return () => {
      found.current = null;
    };
  }, [found, onFound, data, rows, isPlaceholderData]);
  const below = window.innerHeight - (anchor.current?.getBoundingClientRect().bottom ?? 0);
  return (
    <ul
      id={id}
      role="listbox"
      aria-label={t('document.suggestions')}
      className={classes['suggestions']}
      data-side={below < SHOWN * ROW_HEIGHT ? 'above' : 'below'}
    >
      {rows.map((product, index) => (
        <li
          key={product.uid}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          className={classes['suggestion']}
          // The field keeps the focus, so that leaving it does not close the list first.
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onPick(product)}
        >
          <span className={classes['suggestionName']}>{product.name}</span>
          {product.code !== '' && <span className={classes['suggestionCode']}>{product.code}</span>}
          <span className={classes['suggestionPrice']}>
            {product.currency === formats.homeCurrency ? '' : `${product.currency} `}
            {formats.unitPrice(product.unitPrice, product.currency)}
          </span>
        </li>
      ))}
      {data && rows.length === 0 && (
        <li className={classes['suggestionNone']} role="option" aria-selected={false} aria-disabled>
          {t('document.noProduct')}
        </li>
      )}
    </ul>
  );
}
