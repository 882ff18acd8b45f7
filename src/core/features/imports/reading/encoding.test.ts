import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';

import { decodeText, detectEncoding } from './encoding';

const TEXTS: readonly (readonly [string, string])[] = [
  ['windows-1252', 'Müller & Söhne GmbH;Straße 5;Köln;12,50 €'],
  ['windows-1252', 'Café Français – l’été;12 Rue du Général;Besançon'],
  ['windows-1252', 'Señor Núñez e Hijos;Avenida de España 3;A Coruña'],
  ['windows-1252', 'Smørrebrød ApS;Rådhuspladsen;København'],
  ['windows-1250', 'Zażółć sp. z o.o.;ul. Świętojańska 4;Łódź'],
  ['windows-1250', 'Kadeřnictví Dvořák;Náměstí Míru;Plzeň'],
  ['windows-1250', 'Fűszer Kft.;Petőfi utca;Győr'],
  ['ISO-8859-2', 'Zażółć sp. z o.o.;ul. Świętojańska 4;Łódź;ąę'],
  ['windows-1251', 'ООО Ромашка;улица Ленина 5;Москва'],
  ['windows-1251', 'ТОВ Сонце;вулиця Хрещатик;Київ'],
  ['KOI8-R', 'ООО Ромашка;улица Ленина 5;Москва'],
  ['windows-1253', 'Αθήνα Εμπορική ΑΕ;Οδός Ερμού 7;Θεσσαλονίκη'],
  ['windows-1254', 'Şirketi Türkiye Ltd. Şti.;Çağrı Sokağı;İstanbul'],
  ['windows-1255', 'חברה לדוגמה;רחוב הרצל;תל אביב'],
  ['windows-1256', 'شركة التجارة;شارع التحرير;القاهرة'],
  ['Shift_JIS', '株式会社サンプル;東京都千代田区;請求書'],
  ['Shift_JIS', '山田商店;大阪市北区'],
  ['EUC-JP', '株式会社サンプル;東京都千代田区;請求書'],
  ['GB18030', '北京科技有限公司;北京市朝阳区;发票'],
  ['Big5', '台灣科技股份有限公司;台北市信義區'],
  ['EUC-KR', '주식회사 한국상사;서울특별시 강남구;세금계산서'],
];

function fileOf(line: string): string {
  return `Name,Email,City\nAcme Ltd,info@example.com,London\n${line},a@example.com,1\n`;
}

describe('detectEncoding', () => {
  it.each(TEXTS)('reads %s without losing a letter: %s', (encoding, line) => {
    const text = fileOf(line);
    const bytes = iconv.encode(text, encoding);
    const detected = detectEncoding(bytes);
    if (!detected.ok) throw new Error('refused');
    expect(decodeText(bytes, detected.value.encoding)).toEqual({ ok: true, value: text });
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'])('recognises %s by its byte order mark', (encoding) => {
    const text = fileOf('Zażółć 株式会社');
    const bytes = iconv.encode(text, encoding, { addBOM: true });
    expect(detectEncoding(bytes)).toEqual({ ok: true, value: { encoding, isCertain: true } });
    expect(decodeText(bytes, encoding)).toEqual({ ok: true, value: text });
  });

  it.each(['utf-8', 'utf-16le', 'utf-16be'])('recognises %s without a mark', (encoding) => {
    const bytes = iconv.encode(fileOf('Café Łódź'), encoding, { addBOM: false });
    expect(detectEncoding(bytes)).toEqual({ ok: true, value: { encoding, isCertain: true } });
  });

  it.each([
    ['file_empty', Buffer.alloc(0)],
    ['file_is_spreadsheet', Buffer.from('504b030414000600', 'hex')],
    ['file_is_spreadsheet', Buffer.from('d0cf11e0a1b11ae10000', 'hex')],
    ['file_binary', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0, 0, 1, 2, 3, 0, 0, 7])],
  ])('refuses what is no table: %s', (code, bytes) => {
    expect(detectEncoding(bytes)).toMatchObject({
      ok: false,
      error: { kind: 'refused', issues: [{ field: 'file', code }] },
    });
  });

  it('makes every kind of line end one', () => {
    expect(decodeText(Buffer.from('a\r\nb\rc\n'), 'utf-8')).toEqual({
      ok: true,
      value: 'a\nb\nc\n',
    });
  });

  it('names an encoding that nothing decodes', () => {
    expect(decodeText(Buffer.from('a'), 'klingon')).toMatchObject({
      error: { issues: [{ field: 'reading.encoding', code: 'encoding_unknown' }] },
    });
  });
});
