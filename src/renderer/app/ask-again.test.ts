import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';

import { askAgain, STILL } from './ask-again';

it('R72 leaves choices that are shown as they are, and reads them anew the next time', async () => {
  const client = new QueryClient();
  let asked = 0;
  const options = {
    queryKey: ['clients.list'],
    queryFn: () => Promise.resolve((asked += 1)),
    staleTime: Infinity,
    meta: STILL,
  };
  const observer = new QueryObserver(client, options);
  const stop = observer.subscribe(() => undefined);
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe(1));
  await askAgain(client);
  expect(asked).toBe(1);
  observer.setOptions({ ...options, enabled: false });
  observer.setOptions({ ...options, enabled: true });
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe(2));
  stop();
});

it('R72 shows a change that came while the first answer was on its way', async () => {
  const client = new QueryClient();
  const answers: ((value: string) => void)[] = [];
  const observer = new QueryObserver(client, {
    queryKey: ['invoices.get'],
    queryFn: () => new Promise<string>((resolve) => answers.push(resolve)),
    retry: false,
  });
  const stop = observer.subscribe(() => undefined);
  const asked = askAgain(client, ({ queryKey }) => queryKey[0] === 'invoices.get');
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.('as it is now');
  answers[0]?.('as it was');
  await asked;
  expect(observer.getCurrentResult().data).toBe('as it is now');
  stop();
});
