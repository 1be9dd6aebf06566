export { composeReply, type Reply } from './compose.js';
export { type Located, locate, locateDecoded, type Wanted } from './locate.js';
export { joinedMails } from './mailbox.js';
export { commentsOf } from './read-reply.js';
export { addressIn } from './sender.js';
export type { Comment, Sender } from './types.js';
