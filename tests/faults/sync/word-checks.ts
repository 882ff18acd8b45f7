import type { Device } from './device';
import { wordsIn } from './edit-log';
import type { CloudRecord, CloudRecords } from './cloud-contents';
import type { Quiet } from './quiet';

const EDITED = ['clients', 'products', 'orders', 'invoices', 'settings'] as const;

/** Nothing that somebody typed is gone without a word. */
export async function findLostWords(
  { devices, edits, forgiven }: Quiet,
  cloud: CloudRecords,
): Promise<readonly string[]> {
  const shown = new Set<string>();
  for (const device of devices) for (const word of await wordsShownBy(device)) shown.add(word);
  const valuesOf = (uid: string, path: string): readonly string[] => {
    const record = EDITED.map((one) => cloud.get(one)?.get(uid)).find((one) => one !== undefined);
    if (record === undefined || record.deleted) return [];
    // Of two documents that a draft became, each has the words of its own device (R42).
    const others = [...(cloud.get('invoices')?.values() ?? [])].filter(
      (one) => one.record['duplicateOf'] === uid,
    );
    return [record, ...others].flatMap((one) => valueAt(one.record, path) ?? []);
  };
  return edits
    .lost(valuesOf, shown, (word) => forgiven.has(word))
    .map((word) => `silently lost: ${word}`);
}

/** The words in what a person is shown as needing attention: nothing else that is kept counts. */
async function wordsShownBy({ handlers }: Device): Promise<readonly string[]> {
  const shown = await handlers['sync.attention']({});
  if (!shown.ok) return [];
  const { conflicts, rejections, notices } = shown.value;
  return wordsIn(JSON.stringify([conflicts, rejections, notices]));
}

/** Null for a line that is gone: somebody who saw it so took it out. */
function valueAt(record: CloudRecord['record'], path: string): string | null {
  const [field = '', line] = path.split('.');
  if (line === undefined) return String(record[field]);
  const lines = record['lines'] as readonly { uid: string; description: string }[];
  return lines.find((one) => one.uid === line)?.description ?? null;
}
