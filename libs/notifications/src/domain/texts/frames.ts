import type { Language } from '../language';

/** What stands around the text in an e-mail. */
export interface Frame {
  readonly open: string;
  readonly why: string;
  readonly unsubscribe: string;
}

/** The page behind the link of an e-mail. */
export interface UnsubscribeTexts {
  readonly title: string;
  readonly ask: string;
  readonly button: string;
  readonly done: string;
  readonly invalid: string;
}

export const FRAMES: Readonly<Record<Language, Frame>> = {
  en: {
    open: 'Open in Evenhand',
    why: 'You receive this e-mail because you act for a party on Evenhand, or work there.',
    unsubscribe: 'Stop e-mails of this kind',
  },
  'zh-Hans': {
    open: '在 Evenhand 中查看',
    why: '您收到此邮件，是因为您在 Evenhand 上代表某一方行事，或在该平台任职。',
    unsubscribe: '不再接收此类邮件',
  },
  ja: {
    open: 'Evenhandで開く',
    why: 'このメールは、Evenhandの利用者またはスタッフとして登録されている方にお送りしています。',
    unsubscribe: 'この種類のメールの配信を停止する',
  },
  fr: {
    open: 'Ouvrir dans Evenhand',
    why: 'Vous recevez cet e-mail parce que vous agissez pour une partie sur Evenhand, ou y travaillez.',
    unsubscribe: 'Ne plus recevoir ce type d’e-mail',
  },
};

export const UNSUBSCRIBE_TEXTS: Readonly<Record<Language, UnsubscribeTexts>> = {
  en: {
    title: 'E-mail notifications',
    ask: 'Do you want no more e-mails of this kind? You will still be told in Evenhand.',
    button: 'Stop these e-mails',
    done: 'Done. You will get no more e-mails of this kind; you can turn them on again in your preferences.',
    invalid: 'This link is not valid.',
  },
  'zh-Hans': {
    title: '邮件通知',
    ask: '确定不再接收此类邮件吗？您仍会在 Evenhand 中收到通知。',
    button: '停止发送',
    done: '已完成。您将不再收到此类邮件，可随时在偏好设置中重新开启。',
    invalid: '此链接无效。',
  },
  ja: {
    title: 'メール通知',
    ask: 'この種類のメールの配信を停止しますか。Evenhand内の通知は引き続き届きます。',
    button: '配信を停止する',
    done: '配信を停止しました。設定からいつでも再開できます。',
    invalid: 'このリンクは無効です。',
  },
  fr: {
    title: 'Notifications par e-mail',
    ask: 'Souhaitez-vous ne plus recevoir ce type d’e-mail\u202f? Les notifications dans Evenhand restent actives.',
    button: 'Ne plus les recevoir',
    done: 'C’est fait. Vous ne recevrez plus ce type d’e-mail\u202f; vous pouvez le réactiver dans vos préférences.',
    invalid: 'Ce lien n’est pas valable.',
  },
};
