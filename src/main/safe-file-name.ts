const LONGEST_NAME = 120;

/**
 * A name that every file system takes, from one that a page suggests: no directories, no control
 * characters, none of the characters and names that Windows reserves.
 */
export function safeFileName(suggestion: string): string {
  const cleaned = suggestion
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '-')
    .replace(/^[\s.]+|[\s.]+$/gu, '');
  const name = cleaned === '' ? 'document' : shorten(cleaned);
  return /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/iu.test(name) ? `_${name}` : name;
}

function shorten(name: string): string {
  const characters = [...name];
  if (characters.length <= LONGEST_NAME) return name;
  const ending = /\.[^.]{1,10}$/u.exec(name)?.[0] ?? '';
  return characters.slice(0, LONGEST_NAME - ending.length).join('') + ending;
}
