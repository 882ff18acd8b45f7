import { ActionIcon, Loader } from '@mantine/core';
import { useDebouncedValue, useElementSize } from '@mantine/hooks';
import { IconZoomIn, IconZoomOut, IconZoomReset } from '@tabler/icons-react';
import type { PDFDocumentProxy } from 'pdfjs-dist';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';

import { openPdf } from './pdf-document';
import classes from './pdf-view.module.css';

interface PdfViewProps {
  /** The bytes to show; the last ones stay in sight until new ones are drawn. */
  readonly pdf: Uint8Array | null;
  /** What the document is, for a screen reader: "Invoice INV-2026-0001". */
  readonly label: string;
  /** The next bytes are being made. */
  readonly isBusy?: boolean;
}

const ZOOMS = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;
const FIT = 1;
const PADDING = 32;
/** About paper size on a screen: wider than that, a page is harder to take in at a glance. */
const WIDEST = 900;

/** The PDF as it will be printed: white paper in every theme, all pages below each other. */
export function PdfView({ pdf, label, isBusy }: PdfViewProps) {
  const { t } = useTranslation();
  const { ref, width } = useElementSize();
  const [settledWidth] = useDebouncedValue(width, 100);
  const [zoom, setZoom] = useState(FIT);
  const pages = useRef<HTMLDivElement>(null);
  const [pageCount, setPageCount] = useState(0);
  const [isFailed, setFailed] = useState(false);
  const isSlow = useSlow(Boolean(isBusy) || (pdf !== null && pageCount === 0 && !isFailed));

  useEffect(() => {
    if (pdf === null || settledWidth === 0) return;
    let isCurrent = true;
    let document: PDFDocumentProxy | null = null;
    const draw = async (): Promise<void> => {
      document = await openPdf(pdf);
      const canvases = await drawPages(
        document,
        Math.min(Math.max(200, settledWidth - PADDING), WIDEST) * zoom,
        () => isCurrent,
      );
      if (!isCurrent || canvases === null) return;
      pages.current?.replaceChildren(...canvases.map((canvas) => inPage(canvas, classes['page'])));
      setPageCount(canvases.length);
      setFailed(false);
    };
    draw()
      .catch(() => {
        if (isCurrent) setFailed(true);
      })
      .finally(() => void document?.cleanup());
    return () => {
      isCurrent = false;
      void document?.loadingTask.destroy();
    };
  }, [pdf, settledWidth, zoom]);

  const step = (direction: 1 | -1): void => {
    const next = ZOOMS.indexOf(zoom as (typeof ZOOMS)[number]) + direction;
    setZoom(ZOOMS[Math.min(Math.max(next, 0), ZOOMS.length - 1)] ?? FIT);
  };

  return (
    <section className={classes['view']} aria-label={label}>
      <div ref={ref} className={classes['scroller']} tabIndex={0} role="group" aria-label={label}>
        {isFailed && <p className={classes['failed']}>{t('pdf.failed')}</p>}
        <div
          ref={pages}
          className={classes['pages']}
          role="img"
          aria-label={t('pdf.label', { label, count: pageCount })}
          data-testid="pdf-pages"
          data-pages={pageCount}
        />
      </div>
      <div className={classes['bar']}>
        {isSlow && <Loader size={14} role="status" aria-label={t('pdf.drawing')} />}
        <span className={classes['count']}>
          {pageCount > 0 && t('pdf.pages', { count: pageCount })}
        </span>
        <ActionIcon aria-label={t('pdf.zoomOut')} disabled={zoom <= 0.5} onClick={() => step(-1)}>
          <IconZoomOut size={16} stroke={1.7} />
        </ActionIcon>
        <ActionIcon
          aria-label={t('pdf.zoomFit')}
          disabled={zoom === FIT}
          onClick={() => setZoom(FIT)}
        >
          <IconZoomReset size={16} stroke={1.7} />
        </ActionIcon>
        <ActionIcon aria-label={t('pdf.zoomIn')} disabled={zoom >= 2} onClick={() => step(1)}>
          <IconZoomIn size={16} stroke={1.7} />
        </ActionIcon>
      </div>
    </section>
  );
}

/** Draws all pages off screen; null when something newer came meanwhile. */
async function drawPages(
  pdf: PDFDocumentProxy,
  width: number,
  isCurrent: () => boolean,
): Promise<readonly HTMLCanvasElement[] | null> {
  const canvases: HTMLCanvasElement[] = [];
  const density = Math.min(window.devicePixelRatio || 1, 3);
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    if (!isCurrent()) return null;
    const natural = page.getViewport({ scale: 1 });
    const viewport = page.getViewport({ scale: (width / natural.width) * density });
    const canvas = document.createElement('canvas');
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    canvas.style.inlineSize = `${Math.floor(viewport.width / density)}px`;
    await page.render({ canvas, viewport, background: '#ffffff' }).promise;
    if (!isCurrent()) return null;
    canvases.push(canvas);
  }
  return canvases;
}

function inPage(canvas: HTMLCanvasElement, className: string | undefined): HTMLDivElement {
  const page = document.createElement('div');
  if (className !== undefined) page.className = className;
  page.append(canvas);
  return page;
}

/** True once something takes longer than 200 ms: what is quicker shows no spinner. */
function useSlow(isBusy: boolean): boolean {
  const [isSlow, setSlow] = useState(false);
  useEffect(() => {
    if (!isBusy) {
      setSlow(false);
      return;
    }
    const timer = window.setTimeout(() => setSlow(true), 200);
    return () => window.clearTimeout(timer);
  }, [isBusy]);
  return isSlow;
}
