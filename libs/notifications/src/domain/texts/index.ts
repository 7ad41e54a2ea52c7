import type { Language } from '../language';
import { EN } from './en';
import { FR } from './fr';
import { JA } from './ja';
import type { Texts } from './text';
import { ZH_HANS } from './zh-hans';

export { FRAMES, UNSUBSCRIBE_TEXTS } from './frames';
export type { TextValues } from './text';

export const TEXTS: Readonly<Record<Language, Texts>> = { en: EN, 'zh-Hans': ZH_HANS, ja: JA, fr: FR };
