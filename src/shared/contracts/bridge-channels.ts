/** Channels between preload and main; no others exist. Apart from the schemas to keep the preload small. */
export const bridgeChannels = {
  call: 'doccentr:call',
  event: 'doccentr:event',
  menuCommand: 'doccentr:menu-command',
  saveFile: 'doccentr:save-file',
  openFile: 'doccentr:open-file',
  openMail: 'doccentr:open-mail',
  printPdf: 'doccentr:print-pdf',
} as const;
