import type { Texts } from './text';

/** Narrow no-break spaces, as French typography wants them, are written `\u202f`. */
export const FR: Texts = {
  bid_submitted: {
    title: 'Nouvelle candidature de {influencer}',
    body: '{influencer} a posé sa candidature à «\u202f{campaign}\u202f».{hasDate, select, yes { L’offre est valable jusqu’au {date} (UTC).} other {}}',
  },
  bid_countered: {
    title: 'Contre-offre pour «\u202f{campaign}\u202f»',
    body: 'Une nouvelle offre a été faite entre {brand} et {influencer} pour «\u202f{campaign}\u202f».{hasDate, select, yes { Elle est valable jusqu’au {date} (UTC).} other {}}',
  },
  bid_accepted: {
    title: 'Votre offre pour «\u202f{campaign}\u202f» est acceptée',
    body: '{brand} et {influencer} ont conclu un accord pour «\u202f{campaign}\u202f».',
  },
  bid_declined: {
    title: 'Votre candidature à «\u202f{campaign}\u202f» n’a pas été retenue',
    body: '{brand} n’a pas retenu la candidature de {influencer} à «\u202f{campaign}\u202f».',
  },
  bid_withdrawn: {
    title: '{influencer} a retiré sa candidature',
    body: 'La candidature de {influencer} à «\u202f{campaign}\u202f» a été retirée.',
  },
  bid_expired: {
    title: 'Une candidature à «\u202f{campaign}\u202f» a expiré',
    body: 'La dernière offre entre {brand} et {influencer} n’a pas été acceptée à temps.',
  },
  campaign_closed: {
    title: '«\u202f{campaign}\u202f» ne reçoit plus de candidatures',
    body: '{brand} a clos la campagne «\u202f{campaign}\u202f». La candidature en cours de {influencer} prend donc fin.',
  },
  campaign_cancelled: {
    title: '«\u202f{campaign}\u202f» est annulée',
    body: '{brand} a annulé la campagne «\u202f{campaign}\u202f». La candidature en cours de {influencer} prend donc fin.',
  },
  saved_search_matched: {
    title: '{count, plural, one {Un nouveau résultat} other {# nouveaux résultats}} pour «\u202f{name}\u202f»',
    body: 'Votre recherche enregistrée «\u202f{name}\u202f» a trouvé {count, plural, one {un nouveau résultat} other {# nouveaux résultats}}.',
  },
  deal_funded: {
    title: 'L’accord pour «\u202f{campaign}\u202f» est financé',
    body: '{brand} a financé l’accord avec {influencer}. Le travail peut commencer.',
  },
  deal_cancelled: {
    title: 'L’accord pour «\u202f{campaign}\u202f» est annulé',
    body: 'L’accord entre {brand} et {influencer} a été annulé.',
  },
  deal_completed: {
    title: 'L’accord pour «\u202f{campaign}\u202f» est terminé',
    body: 'L’accord entre {brand} et {influencer} est terminé. Chaque partie peut maintenant évaluer l’autre.',
  },
  deal_disputed: {
    title: 'Un litige est ouvert au sujet de «\u202f{campaign}\u202f»',
    body: 'L’accord entre {brand} et {influencer} fait l’objet d’un litige. Les fonds sont gelés jusqu’à la décision.',
  },
  deal_resumed: {
    title: 'Le litige au sujet de «\u202f{campaign}\u202f» est tranché',
    body: 'L’accord entre {brand} et {influencer} reprend et les fonds ne sont plus gelés.',
  },
  deliverable_submitted: {
    title: 'Un livrable vous est remis pour «\u202f{campaign}\u202f»',
    body: '{influencer} a remis un livrable. Veuillez l’approuver ou demander des modifications.',
  },
  deliverable_changes_requested: {
    title: 'Modifications demandées pour «\u202f{campaign}\u202f»',
    body: '{brand} demande des modifications d’un livrable.',
  },
  deliverable_approved: {
    title: 'Un livrable est approuvé pour «\u202f{campaign}\u202f»',
    body: 'Un livrable de {influencer} pour {brand} est approuvé et peut être publié.',
  },
  deliverable_published: {
    title: 'Un livrable est publié pour «\u202f{campaign}\u202f»',
    body: '{influencer} a publié un livrable.',
  },
  version_commented: {
    title: '{count, plural, one {Un commentaire} other {# commentaires}} sur une remise pour «\u202f{campaign}\u202f»',
    body: 'Il y a du nouveau au sujet de ce que {influencer} a remis à {brand}.',
  },
  gift_shipped: {
    title: 'Un cadeau pour «\u202f{campaign}\u202f» est en route',
    body: '{brand} a expédié le cadeau à {influencer}. Veuillez confirmer sa réception.',
  },
  gift_received: {
    title: 'Le cadeau pour «\u202f{campaign}\u202f» est arrivé',
    body: '{influencer} a confirmé la réception du cadeau.',
  },
  gift_returned: {
    title: 'Le cadeau pour «\u202f{campaign}\u202f» est rendu',
    body: '{brand} a confirmé le retour du cadeau.',
  },
  gift_overdue: {
    title: 'Des publications dues pour un cadeau sont en retard',
    body: 'Toutes les publications que {influencer} doit à {brand} pour le cadeau de «\u202f{campaign}\u202f» n’ont pas paru à temps.',
  },
  gift_requested: {
    title: 'Un cadeau est demandé pour «\u202f{campaign}\u202f»',
    body: '{influencer} a demandé le cadeau et indiqué où l’envoyer. Veuillez l’expédier.',
  },
  gift_receipt_reminded: {
    title: 'Le cadeau pour «\u202f{campaign}\u202f» est-il arrivé\u202f?',
    body: 'Personne n’a encore indiqué si le cadeau de {brand} est parvenu à {influencer}.',
  },
  gift_lost: {
    title: 'Le cadeau pour «\u202f{campaign}\u202f» est perdu',
    body: 'Le cadeau de {brand} n’est pas parvenu à {influencer}. Il peut être renvoyé ou abandonné.',
  },
  gift_appealed: {
    title: 'Un recours au sujet d’un cadeau vous attend',
    body: '{influencer} conteste le retard au sujet du cadeau de «\u202f{campaign}\u202f». Veuillez trancher sous 14 jours.',
  },
  gift_appeal_decided: {
    title: 'Votre recours au sujet d’un cadeau est tranché',
    body: 'Le recours de {influencer} au sujet du cadeau de «\u202f{campaign}\u202f» est tranché.',
  },
  gift_return_asked: {
    title: 'Le cadeau pour «\u202f{campaign}\u202f» est redemandé',
    body: '{brand} demande à {influencer} de renvoyer le cadeau.',
  },
  gift_return_offered: {
    title: '{influencer} propose de rendre un cadeau',
    body: 'Veuillez indiquer si le cadeau de «\u202f{campaign}\u202f» doit revenir.',
  },
  gift_return_answered: {
    title: 'Le retour d’un cadeau a reçu une réponse',
    body: 'La question du retour du cadeau de «\u202f{campaign}\u202f» à {brand} a reçu une réponse.',
  },
  gift_sent_back: {
    title: 'Le cadeau pour «\u202f{campaign}\u202f» est renvoyé',
    body: '{influencer} a renvoyé le cadeau. Veuillez confirmer sa réception.',
  },
  gift_correction_proposed: {
    title: 'Une autre valeur est proposée pour un cadeau',
    body: 'Une autre valeur est proposée pour le cadeau de «\u202f{campaign}\u202f». Elle vaut dès que {brand} et {influencer} l’acceptent.',
  },
  gift_correction_answered: {
    title: 'La valeur d’un cadeau a reçu une réponse',
    body: 'La valeur proposée pour le cadeau de «\u202f{campaign}\u202f» a reçu une réponse.',
  },
  usage_rights_ending: {
    title: 'Les droits d’utilisation pour «\u202f{campaign}\u202f» prennent bientôt fin',
    body: 'Le droit de {brand} d’utiliser les publications de {influencer} prend bientôt fin.{hasDate, select, yes { Le dernier jour est le {date} (UTC).} other {}}',
  },
  usage_rights_expired: {
    title: 'Les droits d’utilisation pour «\u202f{campaign}\u202f» ont pris fin',
    body: '{brand} ne peut plus utiliser les publications de {influencer}.{hasDate, select, yes { Le dernier jour était le {date} (UTC).} other {}}',
  },
  exclusivity_ending: {
    title: 'L’exclusivité pour «\u202f{campaign}\u202f» prend bientôt fin',
    body: 'L’exclusivité entre {brand} et {influencer} prend bientôt fin.{hasDate, select, yes { Le dernier jour est le {date} (UTC).} other {}}',
  },
  exclusivity_ended: {
    title: 'L’exclusivité pour «\u202f{campaign}\u202f» a pris fin',
    body: 'L’exclusivité entre {brand} et {influencer} a pris fin.{hasDate, select, yes { Le dernier jour était le {date} (UTC).} other {}}',
  },
  review_readable: {
    title: 'Une évaluation de votre accord est disponible',
    body: 'L’évaluation de l’accord pour «\u202f{campaign}\u202f» entre {brand} et {influencer} est maintenant visible.',
  },
  message_received: {
    title: '{count, plural, one {Nouveau message} other {# nouveaux messages}} au sujet de «\u202f{campaign}\u202f»',
    body: 'Vous avez {count, plural, one {un nouveau message} other {# nouveaux messages}} dans la conversation entre {brand} et {influencer}.',
  },
  mandate_requested: {
    title: '{agency} souhaite vous représenter',
    body: '{agency} demande un mandat à {influencer}. Veuillez en lire les conditions avant de répondre.{hasDate, select, yes { La demande devient caduque le {date} (UTC).} other {}}',
  },
  mandate_accepted: {
    title: '{influencer} a accepté votre mandat',
    body: 'Le mandat entre {agency} et {influencer} est accepté.',
  },
  mandate_declined: {
    title: '{influencer} a refusé votre mandat',
    body: 'La demande de {agency} de représenter {influencer} a été refusée.',
  },
  mandate_withdrawn: {
    title: '{agency} a retiré sa demande',
    body: '{agency} ne demande plus de mandat à {influencer}.',
  },
  mandate_notice_given: {
    title: 'Le mandat entre {agency} et {influencer} est résilié',
    body: 'Le mandat prend fin {hasDate, select, yes {le {date} (UTC)} other {à l’issue du préavis}}. D’ici là, il se poursuit comme convenu.',
  },
  mandate_notice_taken_back: {
    title: 'Le mandat entre {agency} et {influencer} se poursuit',
    body: 'La résiliation a été retirée\u202f: le mandat reste tel qu’il était.',
  },
  mandate_end_offered: {
    title: 'Mettre fin sans délai au mandat entre {agency} et {influencer}\u202f?',
    body: 'L’autre partie propose de mettre fin au mandat sans délai. Si vous êtes d’accord, veuillez y mettre fin à votre tour\u202f; sinon, le préavis suit son cours.',
  },
  mandate_ended: {
    title: 'Le mandat entre {agency} et {influencer} a pris fin',
    body: '{agency} n’agit plus pour {influencer}. Les accords déjà conclus gardent leurs conditions.',
  },
  mandate_expired: {
    title: 'Une demande de mandat est caduque',
    body: 'La demande de {agency} de représenter {influencer} est restée sans réponse dans le délai prévu.',
  },
  member_invited: {
    title: 'Une personne a été invitée à rejoindre {party}',
    body: '{actor} a invité un nouveau membre à rejoindre {party}.',
  },
  payout_batch_submitted: {
    title: 'Un lot de versements attend votre approbation',
    body: '{actor} a soumis un lot de versements. Veuillez le vérifier, puis l’approuver ou le rejeter.',
  },
  payout_sent: {
    title: 'Un versement de {amount} est en route',
    body: 'Nous avons transmis à la banque un versement de {amount} pour {party}.',
  },
  payout_paid: {
    title: '{amount} vous ont été versés',
    body: 'Le versement de {amount} à {party} est confirmé.{hasDate, select, yes { Il a été comptabilisé le {date} (UTC).} other {}}',
  },
  payout_rejected: {
    title: 'Un versement de {amount} a été rejeté',
    body: 'La banque a rejeté le versement de {amount} à {party}. La somme est de nouveau disponible\u202f; veuillez vérifier le compte de versement.',
  },
  sales_held: {
    title: '{count, plural, one {Une vente est} other {# ventes sont}} en cours d’examen',
    body: '{count, plural, one {Une vente} other {# ventes}} de l’accord pour «\u202f{campaign}\u202f» entre {brand} et {influencer} {count, plural, one {est retenue} other {sont retenues}} jusqu’à la fin de l’examen.',
  },
  webhook_endpoint_disabled: {
    title: 'Un point de terminaison webhook de {party} est désactivé',
    body: 'Il n’acceptait pas nos messages\u202f; nous ne lui en envoyons plus. Veuillez le réparer, puis le réactiver.',
  },
  payout_account_changed: {
    title: 'Le compte de versement de {party} a été modifié',
    body: '{actor} a défini un nouveau compte de versement pour {party}. Si vous n’en savez rien, veuillez nous contacter immédiatement.',
  },
};
