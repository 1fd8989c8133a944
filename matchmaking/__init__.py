"""How two businesses are brought together: trade contacts, delegations, pairs, interest, inquiries."""
