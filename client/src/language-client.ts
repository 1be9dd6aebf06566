/** What speaks with a server. It takes longer to load than all else of ours, and is loaded when there is a server to speak with. */
export { CloseAction, ErrorAction, RevealOutputChannelOn } from 'vscode-languageclient/node';
export { QuietClient } from './quiet-client.js';
export { ServerProcess } from './server-process.js';
