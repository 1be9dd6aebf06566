export { composeReply, type Reply } from './compose.js';
export { type Located, locate, type Wanted } from './locate.js';
export { joinedMails } from './mailbox.js';
export { commentsOf } from './read-reply.js';
export type { Comment, Sender } from './types.js';
