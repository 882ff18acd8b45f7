import { useMemo } from 'react';

import { qrModules } from '../../shared/pdf/qr-modules';

interface QrCodeProps {
  readonly text: string;
  /** What it is, for a screen reader. */
  readonly label: string;
  /** Pixels of a side. */
  readonly size: number;
}

/** Modules of light around the code, as its readers want them. */
const QUIET = 4;

/** A QR code: dark on light in the dark theme too, where cameras expect nothing else. */
export function QrCode({ text, label, size }: QrCodeProps) {
  const modules = useMemo(() => qrModules(text), [text]);
  const side = modules.length + 2 * QUIET;
  const path = modules
    .flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join('');
  return (
    <svg
      role="img"
      aria-label={label}
      width={size}
      height={size}
      viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
