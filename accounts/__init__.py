"""Who is asking: users, sign-in, the actor, history, consent."""
