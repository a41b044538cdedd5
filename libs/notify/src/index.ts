/** Letters and how they leave the house. What is owed to whom is decided elsewhere. */
export { civil, writeLetter, type Letter, type LetterItem } from './letter.js';
export { createMailer, MailRefused, messageIdOf, type Mail, type Mailer, type MailOptions } from './mailer.js';
export type { Language } from './words.js';
