### Classification, transfers, repeats

submission-or_else = Or: { $step }
submission-to_verify = { $basis } (to be verified)
submission-other_than_proposed = The table proposes “{ $step }”: { $reason } Basis: { $basis }. Say why when it is handled otherwise.
submission-competent = Within the competence of { $body }.
submission-not_competent = Not within this body's competence; within that of { $body }.
submission-accused_handles = { $body } does not take the step “{ $step }” in a case about itself.
submission-accused_opens = { $body } is denounced: nobody there may open who denounced it. Transfer the letter to whoever is competent.
submission-to_itself = The letter is with { $body } already.
submission-came_back = The letter has been with { $body } (number { $number }): it goes back and forth.
submission-many_hops = This is transfer number { $count }.
submission-another_is_competent = { $body } is competent ({ $basis }).
submission-way = The way of the letter{ $count ->
    [0] {""}
   *[other] {" "}({ $count } transfers)
}
submission-received_on = received { $day }
submission-not_received = not received yet
submission-sent_on = sent { $day }
submission-alike = { $percent }% like letter { $number }: link it if it is the same.
submission-same_sender = Same sender, { $percent }% like letter { $number }: link it if it is the same.
submission-elsewhere = Similar letters elsewhere
submission-same_senders = From the same sender, in this book
