import { isAppAddress } from './app-address';

/** The part of Electron's `WebFrameMain` that tells who sent a message. */
export interface SenderFrame {
  readonly url: string;
  readonly parent: unknown;
}

/** Only the main frame of our own pages may call; a frame that is gone (null) may not. */
export function isTrustedSender(frame: SenderFrame | null): boolean {
  return frame !== null && frame.parent === null && isAppAddress(frame.url);
}
