/** The little of two untyped packages that the PDF benchmark calls. */

declare module 'pdfkit' {
  export default class PDFDocument {
    constructor(options: { size: string; margin: number; bufferPages: boolean });
    on(event: 'data', listener: (chunk: Buffer) => void): this;
    on(event: 'end', listener: () => void): this;
    registerFont(name: string, font: Buffer): this;
    font(name: string): this;
    fontSize(size: number): this;
    fillColor(colour: string): this;
    text(
      text: string,
      x: number,
      y: number,
      options: { lineBreak?: boolean; width?: number },
    ): this;
    widthOfString(text: string): number;
    rect(x: number, y: number, width: number, height: number): this;
    fill(colour: string): this;
    addPage(): this;
    bufferedPageRange(): { start: number; count: number };
    switchToPage(page: number): this;
    end(): void;
  }
}

declare module 'pdfmake' {
  const pdfmake: {
    readonly virtualfs: { writeFileSync(path: string, content: Buffer): void };
    setUrlAccessPolicy(isAllowed: () => boolean): void;
    setLocalAccessPolicy(isAllowed: () => boolean): void;
    setFonts(fonts: Record<string, { normal: string; bold: string }>): void;
    createPdf(definition: unknown): { getBuffer(): Promise<Uint8Array> };
  };
  export default pdfmake;
}
