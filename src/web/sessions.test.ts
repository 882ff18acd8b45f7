import { describe, expect, it } from 'vitest';

import { Sessions } from './sessions';

describe('sessions of the browser shell', () => {
  it('open with the printed token, as often as wanted', () => {
    const sessions = new Sessions();
    const first = sessions.openWithToken(sessions.token);
    const second = sessions.openWithToken(sessions.token);
    expect(first).not.toBe(second);
    expect(sessions.isOpen(first ?? '')).toBe(true);
    expect(sessions.isOpen(second ?? '')).toBe(true);
  });

  it('open with a code once', () => {
    const sessions = new Sessions();
    const code = sessions.newCode();
    expect(sessions.isOpen(sessions.openWithCode(code) ?? '')).toBe(true);
    expect(sessions.openWithCode(code)).toBeNull();
  });

  it('do not open with a code that lay around', () => {
    let now = 1_000;
    const sessions = new Sessions(() => now);
    const code = sessions.newCode();
    now += 60_001;
    expect(sessions.openWithCode(code)).toBeNull();
  });

  it('open with nothing else', () => {
    const sessions = new Sessions();
    const session = sessions.openWithToken(sessions.token) ?? '';
    for (const wrong of ['', 'x', session, `${sessions.token} `, sessions.token.toLowerCase()]) {
      expect(sessions.openWithToken(wrong)).toBeNull();
      expect(sessions.openWithCode(wrong)).toBeNull();
    }
    expect(sessions.openWithCode(sessions.token)).toBeNull();
    expect(sessions.isOpen(sessions.token)).toBe(false);
    expect(sessions.isOpen('')).toBe(false);
  });

  it('belong to one process: those of another are not known', () => {
    const before = new Sessions();
    const session = before.openWithToken(before.token) ?? '';
    expect(new Sessions().isOpen(session)).toBe(false);
    expect(new Sessions().openWithToken(before.token)).toBeNull();
  });

  it('do not grow for ever', () => {
    const sessions = new Sessions();
    const oldest = sessions.openWithToken(sessions.token) ?? '';
    for (let tab = 0; tab < 500; tab += 1) sessions.openWithToken(sessions.token);
    expect(sessions.isOpen(oldest)).toBe(false);
  });
});
