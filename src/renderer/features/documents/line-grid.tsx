import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { ClipboardEvent, KeyboardEvent, ReactNode } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import type { CurrencyCode } from '../../../shared/domain/currency';
import type { LineUid } from '../../../shared/domain/ids';
import type { LineItem } from '../../../shared/domain/line-item';
import type { TaxCode, TaxSnapshot } from '../../../shared/domain/tax';
import type { Totals } from '../../../shared/domain/totals';
import { decimalStyleOf } from '../../ui/format';
import { useFormats } from '../../ui/formats-context';
import type { LineEdit } from './line-edits';
import {
  duplicateLine,
  insertBelow,
  moveLine,
  patchLine,
  removeLine,
  withoutBlankLines,
} from './line-edits';
import classes from './line-grid.module.css';
import type { LineCommand } from './line-keys';
import { lineCommandOf } from './line-keys';
import { LineMenu } from './line-menu';
import type { LineActions, LineErrors } from './line-row';
import { LineRow } from './line-row';
import type { PasteColumn } from './paste-block';
import { readPastedRows } from './paste-block';
import { pasteRows } from './paste-lines';
import type { PasteNote } from './paste-report';
import { PasteReport } from './paste-report';
import { useProductNames } from './use-product-names';
import { findNamedProduct, useProductPick } from './use-product-pick';

interface LineGridProps {
  readonly lines: readonly LineItem[];
  /** Changes the lines; the same topic in a row is one step to take back. */
  readonly onChange: (
    make: (lines: readonly LineItem[]) => readonly LineItem[],
    topic: string | null,
  ) => void;
  readonly onUndo: () => void;
  /** Told of a product that is still being looked up. */
  readonly onLookUp: (choice: Promise<void>) => void;
  readonly currency: CurrencyCode;
  /** Of the lines that are not blank, in their order. */
  readonly totals: Totals;
  readonly taxCodes: readonly TaxCode[];
  /** The tax of a first line. */
  readonly defaultTax: TaxSnapshot;
  /** A client's own tax wins over a product's. */
  readonly clientTax: TaxSnapshot | null;
  readonly errors: ReadonlyMap<LineUid, LineErrors>;
  /** What is wrong with the lines as a whole. */
  readonly error?: string | undefined;
  readonly notes?: ReadonlyMap<LineUid, ReactNode>;
  readonly isReadOnly?: boolean;
}

interface FocusRequest {
  readonly uid: LineUid;
  readonly cell: string;
}

/**
 * The lines of a document, made for the keyboard: Tab goes through the cells and on, Enter goes
 * down and adds a line below the last, a block from a spreadsheet fills several.
 */
export function LineGrid(props: LineGridProps) {
  const { lines, onChange, currency, totals, defaultTax } = props;
  const { t } = useTranslation();
  const { locale } = useFormats();
  const root = useRef<HTMLDivElement>(null);
  const [focus, setFocus] = useState<FocusRequest | null>(null);
  const [menu, setMenu] = useState<{ uid: LineUid; anchor: HTMLElement } | null>(null);
  const [pasted, setPasted] = useState<PasteNote | null>(null);
  const names = useProductNames(lines);
  const pickProduct = useProductPick(currency, props.taxCodes, props.clientTax, onChange);
  const isReadOnly = props.isReadOnly ?? false;

  useEffect(() => {
    if (focus === null) return;
    cellOf(root.current, focus.uid, focus.cell)?.focus();
    setFocus(null);
  }, [focus]);

  const edit = (make: (now: readonly LineItem[]) => LineEdit, cell: string): void => {
    // Computed once, outside of React's update: an update may run twice and must not make new uids.
    const result = make(lines);
    onChange(() => result.lines, null);
    if (result.focus !== null) setFocus({ uid: result.focus, cell });
  };

  const run = (command: LineCommand, uid: LineUid, cell: string): void => {
    const index = lines.findIndex((line) => line.uid === uid);
    switch (command) {
      case 'next_line': {
        const next = lines[index + 1];
        if (next) setFocus({ uid: next.uid, cell });
        else edit((now) => insertBelow(now, uid, defaultTax), 'product');
        return;
      }
      case 'previous_line': {
        const previous = lines[index - 1];
        if (previous) setFocus({ uid: previous.uid, cell });
        return;
      }
      case 'insert_below':
        return edit((now) => insertBelow(now, uid, defaultTax), 'product');
      case 'duplicate':
        return edit((now) => duplicateLine(now, uid), cell);
      case 'move_up':
        return edit((now) => moveLine(now, uid, 'up'), cell);
      case 'move_down':
        return edit((now) => moveLine(now, uid, 'down'), cell);
      case 'delete':
        return edit((now) => removeLine(now, uid, defaultTax), cell);
    }
  };

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const place = placeOf(event.target);
    if (event.defaultPrevented || place === null || isReadOnly) return;
    const command = lineCommandOf(
      { ...strokeOf(event), isComposing: event.nativeEvent.isComposing },
      place.isMultiline,
    );
    if (command === null) return;
    event.preventDefault();
    event.stopPropagation();
    run(command, place.uid, place.cell);
  };

  const onPaste = (event: ClipboardEvent<HTMLDivElement>): void => {
    const place = placeOf(event.target);
    if (place === null || isReadOnly) return;
    const column = place.cell as PasteColumn;
    const rows = readPastedRows(
      {
        text: event.clipboardData.getData('text/plain'),
        html: event.clipboardData.getData('text/html'),
      },
      column,
    );
    if (rows === null || rows.length === 0) return;
    event.preventDefault();
    const outcome = pasteRows(lines, place.uid, column, rows, {
      decimalStyle: decimalStyleOf(locale),
      taxCodes: props.taxCodes,
      defaultTax,
    });
    onChange(() => outcome.lines, null);
    setPasted({ filled: outcome.filled, dropped: outcome.dropped, unread: outcome.unread });
    if (outcome.focus !== null) setFocus({ uid: outcome.focus, cell: place.cell });
  };

  const nameProduct = async (line: LineItem, text: string, orFirst: boolean): Promise<void> => {
    const product = await findNamedProduct(text, orFirst);
    if (product !== null) await pickProduct(line, product);
  };

  const actions = useStableActions({
    patch: (uid, patch, topic) => onChange((now) => patchLine(now, uid, patch), topic),
    pickProduct: (line, product) => props.onLookUp(pickProduct(line, product)),
    nameProduct: (line, text, orFirst) => props.onLookUp(nameProduct(line, text, orFirst)),
    openMenu: (uid, anchor) => setMenu({ uid, anchor }),
  });
  const lineTotals = useMemo(() => totalsByLine(lines, totals), [lines, totals]);

  return (
    <div className={classes['grid']}>
      <div
        ref={root}
        role="table"
        aria-label={t('document.lines')}
        className={classes['table']}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      >
        <HeaderRow currency={currency} />
        <div role="rowgroup">
          {lines.map((line, index) => (
            <LineRow
              key={line.uid}
              line={line}
              index={index}
              total={lineTotals.get(line.uid) ?? 0}
              currency={currency}
              productName={names.get(line.productUid) ?? ''}
              taxCodes={props.taxCodes}
              errors={props.errors.get(line.uid)}
              note={props.notes?.get(line.uid) ?? null}
              isReadOnly={isReadOnly}
              actions={actions}
            />
          ))}
        </div>
      </div>
      {props.error !== undefined && <div className={classes['error']}>{props.error}</div>}
      {!isReadOnly && (
        <div className={classes['below']}>
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconPlus size={14} stroke={1.8} />}
            onClick={() => edit((now) => insertBelow(now, null, defaultTax), 'product')}
          >
            {t('document.addLine')}
          </Button>
          <PasteReport note={pasted} onUndo={props.onUndo} onClose={() => setPasted(null)} />
        </div>
      )}
      {menu && (
        <LineMenu
          anchor={menu.anchor}
          isFirst={lines[0]?.uid === menu.uid}
          isLast={lines.at(-1)?.uid === menu.uid}
          number={lines.findIndex((line) => line.uid === menu.uid) + 1}
          onCommand={(command) => run(command, menu.uid, 'description')}
          onClose={() => setMenu(null)}
        />
      )}
    </div>
  );
}

function HeaderRow({ currency }: { readonly currency: CurrencyCode }) {
  const { t } = useTranslation();
  return (
    <div role="row" className={classes['header']}>
      <div role="columnheader" data-area="number" className={classes['number']}>
        <span className={classes['hidden']}>{t('document.lineColumn')}</span>
      </div>
      <div role="columnheader" data-area="product">
        {t('document.product')}
      </div>
      <div role="columnheader" data-area="description">
        {t('document.description')}
      </div>
      <div role="columnheader" data-area="quantity" data-align="end">
        {t('document.quantity')}
      </div>
      <div role="columnheader" data-area="unit">
        {t('document.unitColumn')}
      </div>
      <div role="columnheader" data-area="unitPrice" data-align="end">
        {t('document.unitPrice')}
      </div>
      <div role="columnheader" data-area="discount" data-align="end">
        {t('document.discount')}
      </div>
      <div role="columnheader" data-area="tax">
        {t('document.tax')}
      </div>
      <div role="columnheader" data-area="total" data-align="end">
        {t('document.lineTotal', { currency })}
      </div>
      <div role="columnheader" data-area="menu">
        <span className={classes['hidden']}>{t('action.more')}</span>
      </div>
    </div>
  );
}

interface Place {
  readonly uid: LineUid;
  readonly cell: string;
  readonly isMultiline: boolean;
}

/** The line and cell that an event came from; null from elsewhere in the grid. */
function placeOf(target: EventTarget): Place | null {
  if (!(target instanceof HTMLElement)) return null;
  const cell = target.dataset['cell'];
  const uid = target.closest<HTMLElement>('[data-line]')?.dataset['line'];
  if (cell === undefined || uid === undefined) return null;
  return { uid: uid as LineUid, cell, isMultiline: target.dataset['multiline'] !== undefined };
}

function cellOf(root: HTMLElement | null, uid: LineUid, cell: string): HTMLElement | null {
  return root?.querySelector<HTMLElement>(`[data-line="${uid}"] [data-cell="${cell}"]`) ?? null;
}

function strokeOf(event: KeyboardEvent) {
  const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
  return { key, ctrlKey, metaKey, altKey, shiftKey };
}

function totalsByLine(lines: readonly LineItem[], totals: Totals): ReadonlyMap<LineUid, number> {
  return new Map(
    withoutBlankLines(lines).map((line, index) => [line.uid, totals.lines[index]?.total ?? 0]),
  );
}

/** The same functions for as long as the grid stands; each calls what the last drawing gave. */
function useStableActions(actions: LineActions): LineActions {
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  return useMemo(
    () => ({
      patch: (uid, patch, topic) => latest.current.patch(uid, patch, topic),
      pickProduct: (line, product) => latest.current.pickProduct(line, product),
      nameProduct: (line, text, orFirst) => latest.current.nameProduct(line, text, orFirst),
      openMenu: (uid, anchor) => latest.current.openMenu(uid, anchor),
    }),
    [],
  );
}
