import type {
  FileToOpen,
  FileToSave,
  MailDraft,
  OpenedFile,
  SaveOutcome,
} from '../../../shared/contracts/desktop-bridge';
import { mailAddress } from '../../../shared/mail-address';

/** Time for the browser to take over a download before its address is freed. */
const DOWNLOAD_GRACE_MS = 60_000;

/** Saves as a download; where it goes is the browser's affair. */
export function downloadFile(file: FileToSave): SaveOutcome {
  const address = URL.createObjectURL(new Blob([copyOf(file.bytes)], { type: file.mime }));
  follow(address, file.fileName);
  setTimeout(() => URL.revokeObjectURL(address), DOWNLOAD_GRACE_MS);
  return 'saved';
}

/** Asks for one file; null when the person changed their mind. */
export function pickFile(request: FileToOpen): Promise<OpenedFile> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = request.accept.map((ending) => `.${ending}`).join(',');
  return new Promise((resolve, reject) => {
    input.addEventListener('cancel', () => resolve(null), { once: true });
    input.addEventListener(
      'change',
      () => {
        const file = input.files?.item(0);
        if (!file) return resolve(null);
        file
          .arrayBuffer()
          .then(
            (buffer) => resolve({ fileName: file.name, bytes: new Uint8Array(buffer) }),
            reject,
          );
      },
      { once: true },
    );
    input.click();
  });
}

export function openMailProgram(draft: MailDraft): void {
  follow(mailAddress(draft));
}

function follow(address: string, download?: string): void {
  const anchor = document.createElement('a');
  anchor.href = address;
  if (download !== undefined) anchor.download = download;
  anchor.click();
}

/** Bytes over a buffer of their own, which is what Blob accepts. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}
