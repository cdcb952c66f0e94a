# Members' papers and hospitals' lists, in English: texts to members, and e-mails to members and to a
# hospital's people. No e-mail names anybody: what it is about stands behind its link.

## A member's own page.

my-page = You are on { $on } of { $of } lists. Your page, for { $hours } hours: { $link }
my-page-plain = You are on { $on } of { $of } lists. Ask the admin what is missing.
my-page-none = No list has requirements yet. Your page, for { $hours } hours: { $link }
my-page-none-plain = No list has requirements yet.

## Reminders: one text for all that ends.

remind = { $things }. Reply with a photo of the new one, or send it here: { $link }
remind-plain = { $things }. Reply with a photo of the new one.
remind-60_days = { $what } ends { $date }
remind-30_days = { $what } ends { $date }
remind-7_days = { $what } ends { $date }
remind-last_day = { $what } ends today
remind-grace = { $what } has ended, grace runs to { $date }
remind-lists = { $what } ({ $count ->
    [one] 1 list
   *[other] { $count } lists
})
remind-more = { $count } more

## A photo that came by text.

photo-kept = We have your photo: { $what }. The chapter checks it.
photo-kept-plain = We have your photo. The chapter looks at it.
photo-which = Which paper is in your photo? { $options }. Reply the number.
photo-option = { $number } { $what }
photo-other = another
photo-unasked = We asked for no photo. Is it a paper for your lists? Then reply PAPER and the chapter gets it. If not, it is not kept.
photo-lost = Your photo did not reach us. Please send it again, as JPEG or PDF, or text LISTS for your page.

## E-mails.

mail-remind-subject = { $name }: a paper of yours ends soon
mail-remind = { $things }.

    Send the new one here: { $link }
    The link is yours alone. It works for { $days } days.
mail-remind-plain = { $things }.

    Text a photo of the new one to the chapter's line.
mail-edition-subject = { $hospital }: list of lactation consultants, edition { $number }
mail-edition = { $chapter } has published edition { $number } of the list for { $hospital }: { $entries ->
    [one] 1 consultant
   *[other] { $entries } consultants
}.
mail-corrected-subject = { $hospital }: the list of lactation consultants is corrected
mail-corrected = { $chapter } has taken { $taken ->
    [one] 1 consultant
   *[other] { $taken } consultants
} off the list for { $hospital }. Edition { $number } takes the place of edition { $corrects }: please put printed lists of before away.
mail-changes = Since the edition before: { $added } added, { $removed } taken off, { $changed } changed.
mail-list = The current list: { $link }
mail-ask = Please ask the chapter for the link to the list.
