# Texts to families in French.
#
# Awaiting a native reader: nobody whose language this is has read it yet. Whoever does so sets
# `reviewed` to the day.
reviewed = no

## How a text is put together.

# The chapter's name stands at the head.
head = { $name } : { $text }
between = { " " }
comma = { ", " }
and = { $first } et { $last }
or = { $first } ou { $last }

## Times. `$clock` is made by `clock`, `$weekday` and `$month` by the messages below.

clock = { $at ->
    [noon] midi
    [midnight] minuit
    [whole] { $hour24 } h
   *[minutes] { $hour24 } h { $minute }
}
moment = { $day ->
    [today] { $clock }
    [tonight] { $clock } cette nuit
    [tomorrow] demain { $clock }
    [week] { $weekday } { $clock }
   *[later] { $weekday } { $date } { $clock }
}
date = { $number } { $month }
weekday-1 = lundi
weekday-2 = mardi
weekday-3 = mercredi
weekday-4 = jeudi
weekday-5 = vendredi
weekday-6 = samedi
weekday-7 = dimanche
month-1 = janvier
month-2 = février
month-3 = mars
month-4 = avril
month-5 = mai
month-6 = juin
month-7 = juillet
month-8 = août
month-9 = septembre
month-10 = octobre
month-11 = novembre
month-12 = décembre

## The baby.

age-hour = { $count ->
    [one] { $count } heure
   *[other] { $count } heures
}
age-day = { $count ->
    [one] { $count } jour
   *[other] { $count } jours
}
age-week = { $count ->
    [one] { $count } semaine
   *[other] { $count } semaines
}
age-month = { $count } mois
age-year = { $count ->
    [one] { $count } an
   *[other] { $count } ans
}
babies = { $count ->
    [2] jumeaux
    [3] triplés
   *[other] { $count } bébés
}
due = { $part ->
    [early] terme début { $month }
    [mid] terme mi-{ $month }
    [late] terme fin { $month }
   *[month] terme en { $month }
}
due-day = terme le { $number } { $month }
due-unknown = bébé à naître
age-band-1 = moins de 2 semaines
age-band-2 = 2 à 6 semaines
age-band-3 = 6 semaines à 3 mois
age-band-4 = 3 à 6 mois
age-band-5 = 6 à 12 mois
age-band-6 = plus de 1 an

## What help is about, as a family says it.

concern-latch_difficulty = prise du sein
concern-nipple_pain = douleur au mamelon
concern-low_supply = peu de lait
concern-oversupply = trop de lait
concern-engorgement = engorgement
concern-plugged_duct = canal bouché
concern-mastitis = mastite
concern-thrush = muguet
concern-tongue_tie = frein de langue
concern-weight_gain = prise de poids
concern-sleepy_baby = s'endort en tétant
concern-jaundice_feeding = allaitement et jaunisse
concern-newborn_feeding = allaitement du nouveau-né
concern-nursing_strike = refus du sein
concern-bottle_refusal = refus du biberon
concern-bottle_feeding = biberon
concern-combo_feeding = allaitement mixte
concern-pumping = tire-lait
concern-flange_fitting = taille de téterelle
concern-exclusive_pumping = tire-lait exclusif
concern-return_to_work = retour au travail
concern-nicu_preterm = NICU ou prématuré
concern-multiples = naissance multiple
concern-induced_lactation = lactation induite
concern-relactation = relactation
concern-chestfeeding_trans = allaitement, parent trans
concern-weaning = sevrage
concern-loss_lactation = lait après un deuil
concern-donor_milk = lait de don
concern-starting_solids = premiers solides
concern-fussy_gassy = pleurs ou gaz
concern-food_allergy = allergie alimentaire
concern-biting = morsures
concern-tandem_pregnancy = allaitement et grossesse
concern-medication_safety = question de médicament
concern-breast_surgery = chirurgie du sein ou du torse
concern-medical_complexity = besoins médicaux
concern-prenatal_consult = consultation prénatale
concern-prenatal_class = cours prénatal
concern-postpartum_mood = moral
concern-second_opinion = deuxième avis
concern-general = aide à l'allaitement

## Visits, payment, wishes, languages.

visit-home = à domicile
visit-office = au cabinet
visit-virtual = vidéo
visit-hospital = à l'hôpital
visit-group = en groupe
visit-phone = par téléphone
payer-self_pay = à mes frais
payer-class = { $class } ({ $payer })
wish-lgbtq_affirming = accueil LGBTQ+
lang-am = amharique
lang-ar = arabe
lang-ase = langue des signes
lang-bn = bengali
lang-en = anglais
lang-es = espagnol
lang-fa = farsi
lang-fr = français
lang-ff = peul
lang-he = hébreu
lang-hi = hindi
lang-ht = créole haïtien
lang-it = italien
lang-ja = japonais
lang-ko = coréen
lang-pa = pendjabi
lang-pl = polonais
lang-pt = portugais
lang-ru = russe
lang-sq = albanais
lang-tl = tagalog
lang-uk = ukrainien
lang-ur = ourdou
lang-uz = ouzbek
lang-vi = vietnamien
lang-wo = wolof
lang-yi = yiddish
lang-zh = chinois
lang-yue = cantonais
lang-cmn = mandarin

## Sentences that several texts share.

emergency = Urgence : { -tel-emergency }.
stop = STOP pour arrêter.
reference = Réf. { $code }.
support = Soutien gratuit à toute heure : { -tel-support }.
support-harm = Soutien gratuit à toute heure : { -tel-support }. En cas d'idées de faire du mal, appelez ou écrivez au { -tel-crisis }.
watch = Si bébé est dur à réveiller, ne mange pas ou mouille peu de couches, appelez le médecin tout de suite.
tell-us = Écrivez votre ZIP ou quartier, l'âge de bébé et ce qui se passe.
person = Une personne de l'équipe vous écrira.

## Care: what comes before everything else.

care-now-baby = Il faut un médecin maintenant. Appelez tout de suite le pédiatre ou allez aux urgences. Appelez le { -tel-emergency } si bébé est mou, bleu, respire mal ou ne se réveille pas. D'abord cela.
care-now-parent = Il faut un médecin maintenant. Appelez tout de suite l'obstétricien ou la sage-femme et parlez de la grossesse ou de l'accouchement. Sans réponse, urgences ou { -tel-emergency }. D'abord cela.
care-now-both = Il faut un médecin maintenant, pour le parent et bébé. Appelez les deux médecins ou allez aux urgences. Appelez le { -tel-emergency } si quelqu'un ne se réveille pas ou respire mal. D'abord cela.
care-poison = Appelez tout de suite Poison Help { -tel-poison }, puis le médecin. Appelez le { -tel-emergency } si quelqu'un est mou, convulse, respire mal ou ne se réveille pas. D'abord cela.
care-today-baby = Appelez le pédiatre aujourd'hui. Si bébé est dur à réveiller, ne mange pas ou mouille peu de couches, appelez tout de suite.
care-today-weight = Appelez le pédiatre aujourd'hui pour le poids. Si bébé est dur à réveiller ou mouille peu de couches, appelez tout de suite.
care-today-parent = Appelez aujourd'hui votre médecin ou sage-femme.

## The first answer.

got = Bien reçu : { $facts }.
got-plain = Bien reçu.
got-proxy = Merci : { $facts }.
asking = { $asked ->
    [0] Nous demandons à nos consultantes.
    [one] Nous demandons à { $asked } consultante.
   *[other] Nous demandons à { $asked } consultantes.
}
asking-from = Nous demandons aux consultantes dès { $starts }.
names-by = Jusqu'à 3 noms avant { $by }.
names-by-few = Jusqu'à 3 noms avant { $by }, même si moins de trois répondent.
names-here = Jusqu'à 3 noms à ce numéro avant { $by }.
shared = Elles voient lieu, âge et besoin, jamais vos nom et numéro.
shared-prenatal = Elles voient lieu, mois du terme et besoin, jamais vos nom et numéro.
shared-short = Elles ne voient ni nom ni numéro.
shared-proxy = Elles voient lieu, âge et besoin, jamais de nom ni de numéro.
private-details = N'écrivez ni noms, ni dates de naissance, ni chambres de patients : nous n'en transmettons pas.
ask-age = Quel âge a bébé ? (utile, pas obligatoire)
held = Une personne de l'équipe lit d'abord et vous écrira.

## Questions that were put to us.

answer-cost = Cette ligne est gratuite ; chacune fixe son prix.
answer-home_visits = Beaucoup viennent à domicile.
answer-insurance = Chacune dit si elle prend { $payer } ou donne un superbill.
answer-insurance_or_superbill = Les unes facturent l'assurance, les autres donnent un superbill.
answer-medication = Pas de conseil ici sur les médicaments : pharmacien, médecin, ou InfantRisk { -tel-medicines } (lun-ven). Trop pris, ou par un enfant ? Poison Help { -tel-poison }.
answer-advice = Nous ne donnons pas d'avis médical.

## The one question.

hello = Nous pouvons vous trouver une consultante en lactation.
hello-night = Nous demandons aux consultantes dès { $starts }.
ask-place = Quel est votre ZIP ou quartier ?
ask-place-age = Quel est votre ZIP ou quartier, et quel âge a bébé ?
then-place = Ensuite, écrivez votre ZIP et nous cherchons de l'aide pour l'allaitement.
ask-zip = Quel est le ZIP ({ $borough }) ?
ask-zip-age = Quel est le ZIP ({ $borough }), et quel âge a bébé ?
ask-which = C'est quel endroit : { $places } ? Ou écrivez votre ZIP.
ask-zip-again = { $raw } n'est pas un ZIP que nous connaissons. Quel est votre ZIP ou quartier ?
out-of-area = { $place } est hors de la zone que nous visitons. Certaines consultent par vidéo. Leur demander ? Répondez YES (oui).
wants-referral = Voulez-vous une consultante en lactation ? Répondez YES (oui).
wants-referral-place = Voulez-vous une consultante en lactation à { $place } ? Répondez YES (oui).
photo = Nous ne voyons pas les photos ici et n'en gardons pas.
emoji = Nous sommes là.

## Danger, crisis, loss.

danger = APPELEZ LE { -tel-emergency } MAINTENANT. Dites ce qui s'est passé et où vous êtes. On vous dira quoi faire jusqu'à l'arrivée des secours. Ne nous attendez pas : cette ligne n'est pas pour les urgences.
crisis = Merci de nous l'avoir dit. Vous n'avez pas à affronter cela sans aide. Appelez ou écrivez au { -tel-crisis } maintenant (gratuit, à toute heure), ou au { -tel-support } (santé mentale maternelle). Si vous risquez de passer à l'acte, appelez le { -tel-emergency }. Une personne de l'équipe vous écrira aussi.
crisis-baby = Merci de nous l'avoir dit. Si vous risquez de passer à l'acte, posez bébé en lieu sûr, cherchez un autre adulte et appelez le { -tel-emergency }. Appelez ou écrivez au { -tel-crisis } à toute heure, ou au { -tel-support }. Une personne de l'équipe vous écrira aussi.
safe-to-text = Nous avons reçu votre message. Est-il sûr de vous écrire sur ce téléphone ? Répondez YES (oui) ou NO (non).
loss = Nous sommes de tout coeur avec vous, pour { $child ->
    [son] votre fils
    [daughter] votre fille
    [twins] vos jumeaux
   *[baby] votre bébé
}. Une personne de l'équipe lit ceci et vous écrira bientôt. Pour parler à quelqu'un maintenant : { -tel-support }, à toute heure.
loss-plain = Nous sommes de tout coeur avec vous. Une personne de l'équipe lit ceci et vous écrira bientôt. Pour parler à quelqu'un maintenant : { -tel-support }, à toute heure.

## Answers that ask nothing.

callback = Nous demandons à une personne de l'équipe d'appeler.
callback-after = Nous demandons à une personne de l'équipe d'appeler après { $after }.
sorry = Pardon. Nous aurions dû répondre. Une personne de l'équipe s'en occupe et vous écrira bientôt.
who = C'est la ligne de messages de { $name }. Nous n'écrivons qu'à qui nous a écrit. Répondez STOP pour ne plus rien recevoir, ou dites-nous s'il faut encore de l'aide.
wrong-number = C'est une ligne de messages gratuite pour les familles. Il semble que ce soit un faux numéro.
vendors = Cette ligne est pour les familles. L'administration a votre note. Nous n'acceptons ni cadeaux ni commissions pour les orientations.
thanks = Merci de nous l'avoir dit. Écrivez quand vous avez besoin de nous.
help = Ligne de messages gratuite qui trouve jusqu'à 3 consultantes en lactation. Écrivez votre ZIP, l'âge de bébé et ce qui se passe. Pas pour les urgences : { -tel-emergency }. Soutien : { -tel-support }. Contact : { $contact }. Frais possibles. STOP pour arrêter.
help-plain = Ligne de messages gratuite qui trouve jusqu'à 3 consultantes en lactation. Écrivez votre ZIP, l'âge de bébé et ce qui se passe. Pas pour les urgences : { -tel-emergency }. Soutien : { -tel-support }. Frais possibles. STOP pour arrêter.
stopped = Vous ne recevrez plus de messages. Écrivez START si vous avez encore besoin de nous. Urgence : { -tel-emergency }.
restarted = Les messages sont rétablis.
missed-call = Vous avez appelé, mais cette ligne ne marche que par messages.
unclear = Nous n'avons pas compris.
gone-soon = Nous supprimons sous 2 jours ce que vous avez écrit et votre numéro.
deleting = { gone-soon } STOP pour ne plus rien recevoir.
stopped-deleting = { stopped } { gone-soon }
spoken = Ici { $name }. Cette ligne ne marche que par messages texte. Envoyez à ce numéro votre code postal, l'âge de bébé et ce qui se passe. En cas d'urgence, raccrochez et appelez le { -tel-emergency }. Au revoir.

## The names.

names = { $count ->
    [one] Voici { $count } consultante (réf. { $code }). Contactez-la :
   *[other] Voici { $count } consultantes (réf. { $code }). Contactez-les :
}
names-again = { $count ->
    [one] { $count } nouveau nom (réf. { $code }). Contactez-la :
   *[other] { $count } nouveaux noms (réf. { $code }). Contactez-les :
}
names-top-up = { $count ->
    [one] Encore { $count } nom (réf. { $code }) :
   *[other] Encore { $count } noms (réf. { $code }) :
}
names-more = Nous demandons encore et vous écrivons si d'autres répondent.
names-page = À garder : { $page }
names-help = Aucune n'est libre ? Répondez ici. Urgence : { -tel-emergency }.
replaced = { $gone } ne peut pas prendre de nouvelle famille (réf. { $code }). À la place :
replacing = { $gone } ne peut pas prendre de nouvelle famille (réf. { $code }). Nous cherchons un autre nom.

## Later.

still-looking = { $asked ->
    [0] Personne n'a encore répondu (réf. { $code }). Nous demandons plus largement et une personne de l'équipe le sait. Des nouvelles avant { $until }.
    [1] Personne n'a encore répondu (réf. { $code }). Nous demandons plus largement et une personne de l'équipe le sait. Des nouvelles avant { $until }.
   *[other] Personne n'a encore répondu (réf. { $code }). Nous demandons à { $asked } consultantes et une personne de l'équipe le sait. Des nouvelles avant { $until }.
}
none-found = Pardon : personne n'a pu en un jour (réf. { $code }). Une personne de l'équipe vous écrira. Aide gratuite : allaitement { -tel-helpline } (lun-ven 9-18 h), Baby Cafe { -tel-city }, soutien à toute heure { -tel-support }.
follow-up = Avez-vous joint quelqu'un (réf. { $code }) ? Répondez { $choices } ou 0 pas encore.
rate = Merci de nous l'avoir dit. Comment cette ligne a-t-elle été pour vous, de 1 (mal) à 5 (bien) ? Répondez le chiffre, avec quelques mots si vous voulez.
follow-up-again = Merci de nous l'avoir dit. Nous redemandons, sans ces noms. Nouveaux noms avant { $by } (réf. { $code }).
withdrawn = Nous ne demandons plus (réf. { $code }). Écrivez quand vous avez besoin de nous.
noted = Noté et transmis (réf. { $code }).
reopened = Pardon. Nous redemandons maintenant, sans ces noms, et une personne de l'équipe le sait. Nouveaux noms avant { $by } (réf. { $code }).
call-ask = { $names } peuvent vous appeler si nous donnons votre numéro (réf. { $code }). Répondez YES et nous le donnons. Sinon personne ne le reçoit.
call-agreed = { $names } ont maintenant votre numéro et peuvent vous appeler (réf. { $code }).
more = Nous demandons d'autres noms (réf. { $code }). Vous les recevez avant { $by }.
already-asking = Nous demandons déjà pour vous (réf. { $code }). Des noms avant { $by }.

## The page of the names.

page-area = Secteur
page-visits = Visites
page-payers = Assurance et paiement
page-confirmed = confirmé le { $date }
page-languages = Langues
page-note = Précise
page-call = Appeler
page-text = Écrire
page-book = Réserver
page-save = Enregistrer le contact
page-chosen = Comment ces noms ont été choisis : nous avons demandé à toutes les consultantes de { $name } qui correspondent à ce que vous nous avez dit, en même temps et dans un ordre tiré au hasard. Voici les premières qui ont répondu, trois au plus, dans l'ordre de leurs réponses.
page-chosen-fair_start = Comment ces noms ont été choisis : nous avons demandé à toutes les consultantes de { $name } qui correspondent à ce que vous nous avez dit, dans un ordre tiré au hasard. Pour chacune, le temps a été compté à partir de l'arrivée de notre message. Voici les plus rapides, trois au plus.
page-chosen-waves = Comment ces noms ont été choisis : nous avons d'abord demandé aux consultantes de { $name } qui correspondent le mieux, { $size } à la fois, puis à d'autres toutes les { $minutes } minutes tant qu'un nom manquait. Voici les premières qui ont répondu, trois au plus, dans l'ordre de leurs réponses.
page-chosen-window = Comment ces noms ont été choisis : nous avons demandé à toutes les consultantes de { $name } qui correspondent à ce que vous nous avez dit, dans un ordre tiré au hasard, et attendu { $minutes } minutes. Parmi celles qui ont répondu, voici celles qui correspondent le mieux, trois au plus ; à égalité, celles dont le nom a été donné il y a le plus longtemps.
page-unpaid = Personne ne paie pour être sollicité, nommé ou placé en premier, et nous ne recevons rien de la personne que vous choisissez.
page-until = Cette page fonctionne jusqu'au { $date }.
