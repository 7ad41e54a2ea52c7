import type { FileType } from './file';

const MAX_LENGTH = 200;
const FALLBACK = 'file';
/** Controls (U+0000 among them), halves of characters, separators of lines, and what reorders or hides text; joiners of emoji stay. */
const HIDDEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200C\u200D])\p{Cf}/gu;
/** What some file system takes for more than a letter. */
const RESERVED = /[<>:"|?*]/g;

/**
 * The name under which a file is offered for download: the last part of the name it came with, as text, ending in an
 * extension of what it is, so that nothing opens it as something else. No path is ever made of it.
 */
export function fileNameOf(given: string, { extensions }: Pick<FileType, 'extensions'>): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  const clean = last
    .normalize('NFC')
    .replace(HIDDEN, '')
    .replace(RESERVED, '_')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  const dot = clean.lastIndexOf('.');
  const extension = dot < 0 ? '' : clean.slice(dot + 1);
  const isRight = extensions.includes(extension.toLowerCase());
  const end = `.${isRight ? extension : extensions[0]}`;
  const stem = (isRight ? clean.slice(0, dot) : clean) || FALLBACK;
  return `${[...stem].slice(0, MAX_LENGTH - end.length).join('')}${end}`;
}
