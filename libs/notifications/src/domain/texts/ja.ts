import type { Texts } from './text';

export const JA: Texts = {
  bid_submitted: {
    title: '{influencer}さんから新しい応募が届きました',
    body: '{influencer}さんが「{campaign}」に応募しました。{hasDate, select, yes {オファーの有効期限は{date}（UTC）です。} other {}}',
  },
  bid_countered: {
    title: '「{campaign}」に再提案が届きました',
    body: '「{campaign}」について、{brand}と{influencer}さんの間で新しい提案がありました。{hasDate, select, yes {有効期限は{date}（UTC）です。} other {}}',
  },
  bid_accepted: {
    title: '「{campaign}」のご提案が承諾されました',
    body: '「{campaign}」について、{brand}と{influencer}さんの契約が成立しました。',
  },
  bid_declined: {
    title: '「{campaign}」へのご応募は見送られました',
    body: '{brand}は、「{campaign}」への{influencer}さんの応募を見送りました。',
  },
  bid_withdrawn: {
    title: '{influencer}さんが応募を取り下げました',
    body: '「{campaign}」への{influencer}さんの応募が取り下げられました。',
  },
  bid_expired: {
    title: '「{campaign}」への応募が期限切れになりました',
    body: '{brand}と{influencer}さんの最後の提案は、期限までに承諾されませんでした。',
  },
  campaign_closed: {
    title: '「{campaign}」の募集が終了しました',
    body: '{brand}がキャンペーン「{campaign}」を締め切りました。これに伴い、{influencer}さんの選考中の応募も終了しました。',
  },
  campaign_cancelled: {
    title: '「{campaign}」が中止されました',
    body: '{brand}がキャンペーン「{campaign}」を中止しました。これに伴い、{influencer}さんの選考中の応募も終了しました。',
  },
  saved_search_matched: {
    title: '「{name}」に新しい検索結果が{count, number}件あります',
    body: '保存した検索条件「{name}」に一致する新しい結果が{count, number}件見つかりました。',
  },
  deal_funded: {
    title: '「{campaign}」の契約に入金されました',
    body: '{brand}が{influencer}さんとの契約に入金しました。作業を開始できます。',
  },
  deal_cancelled: {
    title: '「{campaign}」の契約がキャンセルされました',
    body: '{brand}と{influencer}さんの契約がキャンセルされました。',
  },
  deal_completed: {
    title: '「{campaign}」の契約が完了しました',
    body: '{brand}と{influencer}さんの契約が完了しました。お互いにレビューを書くことができます。',
  },
  deal_disputed: {
    title: '「{campaign}」について異議が申し立てられました',
    body: '{brand}と{influencer}さんの契約について異議が申し立てられました。決定が下るまで資金は凍結されます。',
  },
  deal_resumed: {
    title: '「{campaign}」の異議申し立てについて決定が下りました',
    body: '{brand}と{influencer}さんの契約は継続し、資金の凍結は解除されました。',
  },
  deliverable_submitted: {
    title: '「{campaign}」の成果物が提出されました',
    body: '{influencer}さんが成果物を提出しました。承認するか、修正をご依頼ください。',
  },
  deliverable_changes_requested: {
    title: '「{campaign}」の修正依頼が届きました',
    body: '{brand}から成果物の修正依頼がありました。',
  },
  deliverable_approved: {
    title: '「{campaign}」の成果物が承認されました',
    body: '{brand}向けの{influencer}さんの成果物が承認されました。公開できます。',
  },
  deliverable_published: {
    title: '「{campaign}」の成果物が公開されました',
    body: '{influencer}さんが成果物を公開しました。',
  },
  version_commented: {
    title: '「{campaign}」の成果物に{count}件のコメントがあります',
    body: '{influencer}さんが{brand}に提出した成果物について、新しいコメントがあります。',
  },
  gift_shipped: {
    title: '「{campaign}」のギフトが発送されました',
    body: '{brand}が{influencer}さんにギフトを発送しました。届きましたら、受け取りのご確認をお願いします。',
  },
  gift_received: {
    title: '「{campaign}」のギフトが届きました',
    body: '{influencer}さんがギフトの受け取りを確認しました。',
  },
  gift_returned: {
    title: '「{campaign}」のギフトの返送が完了しました',
    body: '{brand}が、返送されたギフトの受け取りを確認しました。',
  },
  gift_overdue: {
    title: 'ギフトの投稿期限が過ぎました',
    body: '「{campaign}」のギフトについて、{influencer}さんが{brand}に約束した投稿の一部が、期限までに公開されませんでした。',
  },
  gift_requested: {
    title: '「{campaign}」のギフトが依頼されました',
    body: '{influencer}さんがギフトを依頼し、お届け先を指定しました。発送をお願いします。',
  },
  gift_receipt_reminded: {
    title: '「{campaign}」のギフトは届きましたか',
    body: '{brand}から{influencer}さんへのギフトについて、受け取りの確認がまだありません。',
  },
  gift_lost: {
    title: '「{campaign}」のギフトが届いていません',
    body: '{brand}から{influencer}さんへのギフトは配送中に紛失しました。再発送するか、受け取りを辞退することができます。',
  },
  gift_appealed: {
    title: 'ギフトの期限超過について申し立てがありました',
    body: '「{campaign}」のギフトの期限超過について、{influencer}さんから申し立てがありました。14日以内にご判断をお願いします。',
  },
  gift_appeal_decided: {
    title: 'ギフトの申し立てについて決定が下りました',
    body: '「{campaign}」のギフトに関する{influencer}さんの申し立てについて、決定が下りました。',
  },
  gift_return_asked: {
    title: '「{campaign}」のギフトの返送依頼が届きました',
    body: '{brand}が{influencer}さんにギフトの返送を依頼しました。',
  },
  gift_return_offered: {
    title: '{influencer}さんからギフト返送の申し出がありました',
    body: '「{campaign}」のギフトを返送してもらうかどうか、ご回答をお願いします。',
  },
  gift_return_answered: {
    title: 'ギフトの返送について回答がありました',
    body: '「{campaign}」のギフトを{brand}に返送するかどうかについて、回答がありました。',
  },
  gift_sent_back: {
    title: '「{campaign}」のギフトが返送されました',
    body: '{influencer}さんがギフトを返送しました。届きましたら、受け取りのご確認をお願いします。',
  },
  gift_correction_proposed: {
    title: 'ギフトの評価額の訂正が提案されました',
    body: '「{campaign}」のギフトについて、評価額の訂正が提案されました。{brand}と{influencer}さんの双方が同意すると有効になります。',
  },
  gift_correction_answered: {
    title: 'ギフトの評価額について回答がありました',
    body: '「{campaign}」のギフトの評価額の訂正について、回答がありました。',
  },
  usage_rights_ending: {
    title: '「{campaign}」の使用権がまもなく終了します',
    body: '{brand}が{influencer}さんの投稿を使用できる期間がまもなく終了します。{hasDate, select, yes {最終日は{date}（UTC）です。} other {}}',
  },
  usage_rights_expired: {
    title: '「{campaign}」の使用権が終了しました',
    body: '{brand}は{influencer}さんの投稿を使用できなくなりました。{hasDate, select, yes {最終日は{date}（UTC）でした。} other {}}',
  },
  exclusivity_ending: {
    title: '「{campaign}」の独占期間がまもなく終了します',
    body: '{brand}と{influencer}さんの間の独占期間がまもなく終了します。{hasDate, select, yes {最終日は{date}（UTC）です。} other {}}',
  },
  exclusivity_ended: {
    title: '「{campaign}」の独占期間が終了しました',
    body: '{brand}と{influencer}さんの間の独占期間が終了しました。{hasDate, select, yes {最終日は{date}（UTC）でした。} other {}}',
  },
  review_readable: {
    title: '契約のレビューが公開されました',
    body: '「{campaign}」に関する{brand}と{influencer}さんの契約のレビューをご覧いただけます。',
  },
  message_received: {
    title: '「{campaign}」について新着メッセージが{count, number}件あります',
    body: '{brand}と{influencer}さんの会話に、新しいメッセージが{count, number}件届いています。',
  },
  mandate_requested: {
    title: '{agency}から代理契約の申し込みが届きました',
    body: '{agency}が{influencer}さんの代理人になることを希望しています。条件をご確認のうえ、ご回答ください。{hasDate, select, yes {申し込みの有効期限は{date}（UTC）です。} other {}}',
  },
  mandate_accepted: {
    title: '{influencer}さんが代理契約を承諾しました',
    body: '{agency}と{influencer}さんの代理契約が承諾されました。',
  },
  mandate_declined: {
    title: '{influencer}さんが代理契約を辞退しました',
    body: '{influencer}さんの代理人になるという{agency}の申し込みは、辞退されました。',
  },
  mandate_withdrawn: {
    title: '{agency}が代理契約の申し込みを取り下げました',
    body: '{agency}から{influencer}さんへの代理契約の申し込みは取り下げられました。',
  },
  mandate_notice_given: {
    title: '{agency}と{influencer}さんの代理契約の終了が予告されました',
    body: '代理契約は{hasDate, select, yes {{date}（UTC）} other {予告期間の満了}}をもって終了します。それまでは従来どおり継続します。',
  },
  mandate_notice_taken_back: {
    title: '{agency}と{influencer}さんの代理契約は継続します',
    body: '終了の予告が取り消されました。代理契約は以前のまま継続します。',
  },
  mandate_end_offered: {
    title: '{agency}と{influencer}さんの代理契約の即時終了が提案されました',
    body: '相手方が代理契約の即時終了を提案しています。同意される場合は、終了の手続きをお願いします。同意されない場合は、予告期間が引き続き適用されます。',
  },
  mandate_ended: {
    title: '{agency}と{influencer}さんの代理契約が終了しました',
    body: '{agency}は{influencer}さんの代理人ではなくなりました。すでに成立した契約の条件は変わりません。',
  },
  mandate_expired: {
    title: '代理契約の申し込みが失効しました',
    body: '{influencer}さんの代理人になるという{agency}の申し込みには、期限までに回答がありませんでした。',
  },
  member_invited: {
    title: '{party}に新しいメンバーが招待されました',
    body: '{actor}さんが{party}に新しいメンバーを招待しました。',
  },
  payout_batch_submitted: {
    title: '承認待ちの支払いバッチがあります',
    body: '{actor}さんが支払いバッチを提出しました。内容をご確認のうえ、承認または却下してください。',
  },
  payout_sent: {
    title: '{amount}のお支払い手続きを開始しました',
    body: '{party}への{amount}の振り込みを銀行に依頼しました。',
  },
  payout_paid: {
    title: '{amount}をお支払いしました',
    body: '{party}への{amount}のお支払いが確認されました。{hasDate, select, yes {記帳日は{date}（UTC）です。} other {}}',
  },
  payout_rejected: {
    title: '{amount}のお支払いができませんでした',
    body: '{party}への{amount}の振り込みが銀行で受け付けられませんでした。金額は残高に戻りました。受取口座をご確認ください。',
  },
  sales_held: {
    title: '{count, number}件の売上を確認しています',
    body: '「{campaign}」に関する{brand}と{influencer}さんの契約の売上{count, number}件を、確認が終わるまで保留しています。',
  },
  webhook_endpoint_disabled: {
    title: '{party}のWebhookエンドポイントが無効になりました',
    body: 'エンドポイントがメッセージを受け付けなかったため、送信を停止しました。修正後、もう一度有効にしてください。',
  },
  payout_account_changed: {
    title: '{party}の受取口座が変更されました',
    body: '{actor}さんが{party}の新しい受取口座を登録しました。お心当たりがない場合は、ただちにご連絡ください。',
  },
};
