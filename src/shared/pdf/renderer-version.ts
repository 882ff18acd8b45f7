/** Raised with every change of the bytes that some document renders to. */
export const RENDERER_VERSION = '1';
/** Raised with every change of the bundled fonts. */
export const FONT_SET = 'noto-1';
