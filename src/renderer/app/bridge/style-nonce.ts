declare global {
  /** Read by get-nonce, through which the scroll lock of Mantine's dialogs adds its style element. */
  var __webpack_nonce__: string | undefined;
}

/** The nonce under which the content security policy allows style elements added by the pages. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
}

globalThis.__webpack_nonce__ = styleNonce();
