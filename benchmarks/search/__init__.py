"""How well the search finds what was meant, on judged queries."""
