import type { Fact, MailContent } from './mail-content';

const FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

/** Colours for programs that follow the system's dark mode; the light ones stand in the elements. */
const DARK = `
@media (prefers-color-scheme: dark) {
  .page { background: #16181d !important; }
  .card { background: #20232a !important; border-color: #3a3f4a !important; }
  .text { color: #f1f3f5 !important; }
  .soft { color: #b4bac4 !important; }
  .line { border-color: #3a3f4a !important; }
}
@media (max-width: 480px) { .pad { padding-left: 20px !important; padding-right: 20px !important; } }`;

/**
 * The mail as HTML that works without pictures, scripts and styles from elsewhere: tables for the
 * layout, since mail programs know nothing else, marked as such for screen readers; the facts are a
 * real table.
 */
export function htmlMail(content: MailContent): string {
  const subject = escapeHtml(content.subject);
  return `<!doctype html>
<html lang="${content.language}" dir="ltr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${subject}</title>
<style>:root { color-scheme: light dark; supported-color-schemes: light dark; }${DARK}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f3f4f6;">
${layoutTable('page', 'width:100%;background:#f3f4f6;')}<tr><td align="center" style="padding:24px 12px;">
${layoutTable('card', 'width:100%;max-width:600px;background:#ffffff;border:1px solid #dfe2e7;border-radius:12px;border-collapse:separate;')}
<tr><td class="pad" style="padding:28px 36px 0;font-family:${FONT};">
<p class="soft" dir="auto" style="margin:0;font-size:15px;line-height:1.4;color:#565d69;">${escapeHtml(content.business)}</p>
<h1 class="text" dir="auto" style="margin:4px 0 0;font-size:22px;line-height:1.3;font-weight:600;color:#16181d;">${escapeHtml(content.title)}</h1>
</td></tr>
<tr><td class="pad" style="padding:18px 36px 0;font-family:${FONT};">
<p class="soft" style="margin:0;font-size:14px;line-height:1.4;color:#565d69;">${escapeHtml(content.amount.label)}</p>
<p class="text" style="margin:2px 0 0;font-size:28px;line-height:1.25;font-weight:600;color:#16181d;">${escapeHtml(content.amount.value)}</p>
</td></tr>
<tr><td class="pad text" style="padding:18px 36px 4px;font-family:${FONT};font-size:16px;line-height:1.55;color:#16181d;">
${paragraphs(content.body)}
</td></tr>
<tr><td class="pad" style="padding:4px 36px 28px;">
<table class="line" style="width:100%;border-collapse:collapse;border-top:1px solid #dfe2e7;font-family:${FONT};font-size:15px;line-height:1.4;">
${content.facts.map(factRow).join('\n')}
</table>
</td></tr>
</table>
<p class="soft" dir="auto" style="margin:16px 0 0;font-family:${FONT};font-size:13px;line-height:1.4;color:#565d69;">${escapeHtml(content.footer)}</p>
</td></tr></table>
</body>
</html>
`;
}

function layoutTable(name: string, style: string): string {
  return `<table role="presentation" class="${name}" cellpadding="0" cellspacing="0" border="0" style="${style}">`;
}

function factRow({ label, value }: Fact): string {
  const cell = 'padding:10px 0;border-bottom:1px solid #dfe2e7;vertical-align:top;';
  return (
    `<tr><th scope="row" class="soft line" style="${cell}padding-right:16px;text-align:left;font-weight:400;color:#565d69;">${escapeHtml(label)}</th>` +
    `<td class="text line" dir="auto" style="${cell}text-align:right;color:#16181d;overflow-wrap:anywhere;">${escapeHtml(value)}</td></tr>`
  );
}

function paragraphs(text: string): string {
  return text
    .split(/\n{2,}/u)
    .map((one) => `<p dir="auto" style="margin:0 0 16px;overflow-wrap:anywhere;">${lines(one)}</p>`)
    .join('\n');
}

function lines(text: string): string {
  return text.split('\n').map(escapeHtml).join('<br>\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML text or attribute value. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/gu, (character) => ENTITIES[character] ?? character);
}
