import type { Texts } from './text';

export const ZH_HANS: Texts = {
  bid_submitted: {
    title: '{influencer} 提交了新的报名',
    body: '{influencer} 报名参加了“{campaign}”。{hasDate, select, yes {报价有效期至 {date}（UTC）。} other {}}',
  },
  bid_countered: {
    title: '“{campaign}”有新的还价',
    body: '{brand} 与 {influencer} 就“{campaign}”有了新的报价。{hasDate, select, yes {有效期至 {date}（UTC）。} other {}}',
  },
  bid_accepted: {
    title: '您对“{campaign}”的报价已被接受',
    body: '{brand} 与 {influencer} 已就“{campaign}”达成合作。',
  },
  bid_declined: {
    title: '您对“{campaign}”的报名未被采纳',
    body: '{brand} 未采纳 {influencer} 对“{campaign}”的报名。',
  },
  bid_withdrawn: {
    title: '{influencer} 撤回了报名',
    body: '{influencer} 对“{campaign}”的报名已撤回。',
  },
  bid_expired: {
    title: '“{campaign}”的一份报名已过期',
    body: '{brand} 与 {influencer} 之间的最后一次报价未在期限内被接受。',
  },
  campaign_closed: {
    title: '“{campaign}”已停止接受报名',
    body: '{brand} 已关闭活动“{campaign}”，{influencer} 的待定报名随之结束。',
  },
  campaign_cancelled: {
    title: '“{campaign}”已取消',
    body: '{brand} 已取消活动“{campaign}”，{influencer} 的待定报名随之结束。',
  },
  saved_search_matched: {
    title: '“{name}”有 {count, number} 条新结果',
    body: '您保存的搜索“{name}”找到了 {count, number} 条新结果。',
  },
  deal_funded: {
    title: '“{campaign}”的合作款项已到位',
    body: '{brand} 已为与 {influencer} 的合作注资，可以开始工作了。',
  },
  deal_cancelled: {
    title: '“{campaign}”的合作已取消',
    body: '{brand} 与 {influencer} 的合作已取消。',
  },
  deal_completed: {
    title: '“{campaign}”的合作已完成',
    body: '{brand} 与 {influencer} 的合作已完成，双方现在可以互相评价。',
  },
  deal_disputed: {
    title: '“{campaign}”发生争议',
    body: '{brand} 与 {influencer} 的合作存在争议，相关款项将冻结至争议裁决为止。',
  },
  deal_resumed: {
    title: '“{campaign}”的争议已裁决',
    body: '{brand} 与 {influencer} 的合作继续进行，款项已解除冻结。',
  },
  deliverable_submitted: {
    title: '“{campaign}”有新提交的内容',
    body: '{influencer} 提交了交付内容，请您审核通过或提出修改意见。',
  },
  deliverable_changes_requested: {
    title: '“{campaign}”的内容需要修改',
    body: '{brand} 对交付内容提出了修改意见。',
  },
  deliverable_approved: {
    title: '“{campaign}”的内容已通过审核',
    body: '{influencer} 为 {brand} 制作的内容已通过审核，可以发布。',
  },
  deliverable_published: {
    title: '“{campaign}”的内容已发布',
    body: '{influencer} 已发布交付内容。',
  },
  version_commented: {
    title: '“{campaign}”的提交内容有 {count} 条新评论',
    body: '关于 {influencer} 为 {brand} 提交的内容，有新评论可查看。',
  },
  gift_shipped: {
    title: '“{campaign}”的赠品已寄出',
    body: '{brand} 已向 {influencer} 寄出赠品，收到后请确认。',
  },
  gift_received: {
    title: '“{campaign}”的赠品已签收',
    body: '{influencer} 已确认收到赠品。',
  },
  gift_returned: {
    title: '“{campaign}”的赠品已退回',
    body: '{brand} 已确认收到退回的赠品。',
  },
  gift_overdue: {
    title: '赠品对应的发布已逾期',
    body: '{influencer} 因“{campaign}”的赠品应为 {brand} 发布的内容，未能全部按时发布。',
  },
  gift_requested: {
    title: '“{campaign}”的赠品待寄出',
    body: '{influencer} 已申请赠品并选定收件地址，请安排寄出。',
  },
  gift_receipt_reminded: {
    title: '“{campaign}”的赠品收到了吗？',
    body: '{brand} 寄给 {influencer} 的赠品是否已收到，尚无人确认。',
  },
  gift_lost: {
    title: '“{campaign}”的赠品丢失',
    body: '{brand} 寄给 {influencer} 的赠品未能送达，可以重新寄出，也可以放弃。',
  },
  gift_appealed: {
    title: '赠品逾期申诉待您处理',
    body: '{influencer} 就“{campaign}”的赠品逾期提出申诉，请在 14 天内作出决定。',
  },
  gift_appeal_decided: {
    title: '您的赠品申诉已有结果',
    body: '{influencer} 就“{campaign}”的赠品提出的申诉已有决定。',
  },
  gift_return_asked: {
    title: '“{campaign}”的赠品需退回',
    body: '{brand} 请 {influencer} 将赠品退回。',
  },
  gift_return_offered: {
    title: '{influencer} 提出退回赠品',
    body: '请确认“{campaign}”的赠品是否需要退回。',
  },
  gift_return_answered: {
    title: '赠品退回事宜已有答复',
    body: '关于“{campaign}”的赠品是否退回 {brand}，已有答复。',
  },
  gift_sent_back: {
    title: '“{campaign}”的赠品正在退回',
    body: '{influencer} 已寄回赠品，收到后请确认。',
  },
  gift_correction_proposed: {
    title: '有人提议更正赠品价值',
    body: '有人提议更正“{campaign}”的赠品价值，须经 {brand} 与 {influencer} 双方同意方可生效。',
  },
  gift_correction_answered: {
    title: '赠品价值更正已有答复',
    body: '关于“{campaign}”赠品的价值更正，已有答复。',
  },
  usage_rights_ending: {
    title: '“{campaign}”的使用权即将到期',
    body: '{brand} 使用 {influencer} 所发布内容的权利即将到期。{hasDate, select, yes {最后一天为 {date}（UTC）。} other {}}',
  },
  usage_rights_expired: {
    title: '“{campaign}”的使用权已到期',
    body: '{brand} 不得再使用 {influencer} 所发布的内容。{hasDate, select, yes {最后一天为 {date}（UTC）。} other {}}',
  },
  exclusivity_ending: {
    title: '“{campaign}”的独家期即将结束',
    body: '{brand} 与 {influencer} 之间的独家期即将结束。{hasDate, select, yes {最后一天为 {date}（UTC）。} other {}}',
  },
  exclusivity_ended: {
    title: '“{campaign}”的独家期已结束',
    body: '{brand} 与 {influencer} 之间的独家期已结束。{hasDate, select, yes {最后一天为 {date}（UTC）。} other {}}',
  },
  review_readable: {
    title: '您的合作有评价可查看',
    body: '{brand} 与 {influencer} 就“{campaign}”合作的评价现已公开。',
  },
  message_received: {
    title: '“{campaign}”有 {count, number} 条新消息',
    body: '{brand} 与 {influencer} 的会话中有 {count, number} 条新消息。',
  },
  mandate_requested: {
    title: '{agency} 希望成为您的代理',
    body: '{agency} 向 {influencer} 提出了代理委托申请，请阅读条款后再作答复。{hasDate, select, yes {申请将于 {date}（UTC）失效。} other {}}',
  },
  mandate_accepted: {
    title: '{influencer} 已接受您的代理委托',
    body: '{agency} 与 {influencer} 的代理委托已获接受。',
  },
  mandate_declined: {
    title: '{influencer} 已谢绝您的代理委托',
    body: '{agency} 代理 {influencer} 的申请未获接受。',
  },
  mandate_withdrawn: {
    title: '{agency} 已撤回代理委托申请',
    body: '{agency} 不再向 {influencer} 申请代理委托。',
  },
  mandate_notice_given: {
    title: '{agency} 与 {influencer} 的代理委托已提出终止',
    body: '代理委托将于{hasDate, select, yes { {date}（UTC）} other {通知期届满时}}终止，在此之前仍按约定执行。',
  },
  mandate_notice_taken_back: {
    title: '{agency} 与 {influencer} 的代理委托继续有效',
    body: '终止通知已撤回，代理委托保持原样。',
  },
  mandate_end_offered: {
    title: '是否立即终止 {agency} 与 {influencer} 的代理委托？',
    body: '对方提议立即终止代理委托。如您同意，请同样办理终止；否则仍按通知期执行。',
  },
  mandate_ended: {
    title: '{agency} 与 {influencer} 的代理委托已终止',
    body: '{agency} 不再代表 {influencer}，此前达成的合作条款保持不变。',
  },
  mandate_expired: {
    title: '一份代理委托申请已失效',
    body: '{agency} 代理 {influencer} 的申请未在期限内得到答复。',
  },
  member_invited: {
    title: '有人受邀加入 {party}',
    body: '{actor} 邀请了一位新成员加入 {party}。',
  },
  payout_batch_submitted: {
    title: '有一批付款等待审批',
    body: '{actor} 提交了一批付款，请核对后批准或驳回。',
  },
  payout_sent: {
    title: '{amount} 的付款已发出',
    body: '我们已将付给 {party} 的 {amount} 提交银行处理。',
  },
  payout_paid: {
    title: '{amount} 已付款到账',
    body: '付给 {party} 的 {amount} 已确认到账。{hasDate, select, yes {入账日期为 {date}（UTC）。} other {}}',
  },
  payout_rejected: {
    title: '{amount} 的付款被退回',
    body: '银行退回了付给 {party} 的 {amount}，该金额已恢复为可用余额，请检查收款账户。',
  },
  sales_held: {
    title: '{count, number} 笔销售正在审核',
    body: '{brand} 与 {influencer} 就“{campaign}”合作的 {count, number} 笔销售正在审核，审核结束前暂时冻结。',
  },
  webhook_endpoint_disabled: {
    title: '{party} 的一个 Webhook 端点已停用',
    body: '该端点未能接收我们的消息，因此我们已停止发送。请修复后重新启用。',
  },
  payout_account_changed: {
    title: '{party} 的收款账户已更改',
    body: '{actor} 为 {party} 设置了新的收款账户。如果您对此不知情，请立即与我们联系。',
  },
};
