import qrcode from 'qrcode-generator';

/** The dark modules of a QR code with a text, row by row, at correction level M. */
export function qrModules(text: string): readonly (readonly boolean[])[] {
  const code = qrcode(0, 'M');
  // The library takes each character for a byte: the text goes in as UTF-8.
  code.addData(String.fromCharCode(...new TextEncoder().encode(text)), 'Byte');
  code.make();
  const side = code.getModuleCount();
  return Array.from({ length: side }, (_, row) =>
    Array.from({ length: side }, (_unused, column) => code.isDark(row, column)),
  );
}
