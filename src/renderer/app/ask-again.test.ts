import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, it, vi } from 'vitest';

import { askAgain } from './ask-again';

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
