# Texts and e-mails to the chapter's admins, in English. They carry an id and a reason, never a
# family's words.

page = Latchline { $name }: { $reason } (inquiry { $id }). Open the console or reply OK.
page-again = Latchline { $name }, not answered yet: { $reason } (inquiry { $id }). Open the console or reply OK.
page-line = Latchline { $name }: { $reason } ({ $id }). Open the console or reply OK.
page-line-again = Latchline { $name }, not answered yet: { $reason } ({ $id }). Open the console or reply OK.
console = Latchline { $name }: nothing is open for you. Requests and threads are at { $address }
page-answered = Latchline { $name }: { $id } is with you.
sign-in-code = Latchline { $name }: your sign-in code is { $code }. It works for { $minutes } minutes. Nobody will ask you for it.

reason-emergency = danger to life
reason-crisis = danger words
reason-private = a family may not be safe to text
reason-doctor = signs that need a doctor now
reason-loss = a loss, needs a person
reason-complaint = a complaint
reason-held = a request waits for you
reason-unfilled = nobody answered by the promised time
reason-dead_end = nobody answered within a day
reason-replacement = a consultant dropped out, nobody on standby
reason-reopened = a family reached nobody, asking again
reason-budget = a family has had its texts, needs a person
reason-callback = a family asks to be called
reason-erasure = a family asks to be deleted
reason-unreachable = a text did not reach its person
reason-opt_out = somebody with an open request opted out
reason-money = money or a swap for a referral
reason-written = a family wrote in a thread you have
reason-merged = a family's other phone was told that a person writes
reason-names_wait = names are ready, hand the thread back to send them
reason-unread = a text we could not read
reason-language = a family got English, its language is not accepted here
reason-line_failing = the line does not carry texts
reason-restored = restored from a backup, please look through it
reason-after_restore = answered before a restore, needs a person

email-page-subject = Latchline { $name }: { $reason } ({ $id })
email-page = Why: { $reason }
    Reference: { $id }
    Open it: { $console }

    If nobody opens it, the next admin is told.
email-page-again-subject = Latchline { $name }, not answered yet: { $reason } ({ $id })
email-invited-subject = Latchline { $name }: you are invited to the console
email-invited = You are one of the people of { $name } now. Open this link to sign in:

    { $link }

    It works once, for { $days } days. A code comes to your phone by text.
email-sign-in-subject = Latchline { $name }: your sign-in link
email-sign-in = Open this link to sign in to { $name }:

    { $link }

    It works once, for { $minutes } minutes. If you did not ask for it, leave it alone: nothing happens.
